"""Everything the doctor looks at, one part after the other; none hides what another found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from webapp.configuration import Configuration, ConfigurationError, read_configuration
from webapp.doctor.database import examine_database
from webapp.doctor.environment import examine_environment
from webapp.doctor.files import examine_data, examine_disks, examine_permissions
from webapp.doctor.model import examine_model
from webapp.doctor.network import examine_listening, examine_proxies
from webapp.doctor.store import examine_store
from webapp.health.check import STATES, Check, State
from webapp.health.dependencies import check_limits


def _examine_limits(configuration: Configuration) -> Iterator[Check]:
    yield check_limits(configuration)


EXAMINERS: tuple[Callable[[Configuration], Iterable[Check]], ...] = (
    examine_model,
    examine_store,
    examine_database,
    _examine_limits,
    examine_disks,
    examine_permissions,
    examine_proxies,
    examine_listening,
    examine_data,
)


def examine(environment: Mapping[str, str]) -> Iterator[Check]:
    """Look at a server as these variables describe it; changes nothing."""
    try:
        configuration = read_configuration(environment)
    except ConfigurationError as error:
        yield Check("settings", "bad", str(error), "see docs/configuration.md")
        return
    yield from examine_environment(environment)
    for examiner in EXAMINERS:
        yield from _guarded(examiner, configuration)


def worst(findings: Iterable[Check]) -> State:
    """The state of the worst finding."""
    return max((finding.state for finding in findings), key=STATES.index, default="good")


def _guarded(
    examiner: Callable[[Configuration], Iterable[Check]], configuration: Configuration
) -> Iterator[Check]:
    part = examiner.__name__.rpartition("examine_")[2]
    try:
        yield from examiner(configuration)
    except Exception as error:  # the doctor goes on with the other parts
        said = f"could not be looked at: {type(error).__name__}: {error}"
        yield Check(part, "bad", said, "this is a mistake of ours: please report it")
