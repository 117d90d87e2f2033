"""Whether the store of released runs answers, and this machine serves what it names."""

from __future__ import annotations

from collections.abc import Iterator

from recognizer.errors import RunError
from trainer.release.store.bucket import StoreError
from trainer.release.store.run_store import open_store
from trainer.runs.listing import current_name
from webapp.configuration import Configuration
from webapp.health.check import Check

_REACH = "see NET_MODELS_STORE, AWS_ENDPOINT_URL and the keys; what is served goes on meanwhile"


def examine_store(configuration: Configuration) -> Iterator[Check]:
    """Ask the store, where there is one, what it names."""
    try:
        store = open_store(configuration.models_store)
        name = store.current() if store else None
        if store and name:
            store.details(name)
    except (StoreError, RunError) as error:
        yield Check("store", "bad", str(error), _REACH)
        return
    if store is None:
        yield Check("store", "good", "none: runs come from the models folder")
    elif name is None:
        said = f"{store.address} names no run"
        yield Check("store", "warning", said, "python -m webapp prepare brings the released one")
    elif name != (here := current_name(configuration.models_folder)):
        said = f"{store.address} names {name}, this machine serves {here or 'none'}"
        yield Check("store", "warning", said, "start the server, or see in its log why not")
    else:
        yield Check("store", "good", f"{store.address} names {name}, which is served here")
