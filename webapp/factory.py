"""The factory of the web app: the only place that chooses the parts and puts them together.

Every other module gets what it needs from there.
"""

import os
from collections.abc import Callable, Mapping
from typing import Any, cast

import structlog
from apiflask import APIFlask
from flask.json.provider import DefaultJSONProvider

from recognizer.errors import RecognizerError
from recognizer.limits import MAX_DRAWING_BYTES
from recognizer.recognizer import Recognizer
from recognizer.runs.registry import Registry
from webapp import problems, request_cycle, request_log, security
from webapp.accounts import commands
from webapp.accounts.web import guard
from webapp.accounts.web import views as account_pages
from webapp.admin import BLUEPRINTS, job_news, navigation, run_names, trainer_words, training_news
from webapp.api import batches, documentation, explanations, health, models, pictures, predictions
from webapp.api import corrections as correction_api
from webapp.configuration import REPOSITORY, Configuration, read_configuration
from webapp.corrections import commands as correction_commands
from webapp.corrections import offer
from webapp.health import probes
from webapp.jobs.book import make_book
from webapp.limiting import limiter, rate_limit
from webapp.pages import delivery, languages, numbers, static_files, this_page, views
from webapp.protocols import KnowsTheRun, RecognizesDigits
from webapp.services import Services, install
from webapp.storage.database import Database
from webapp.telemetry import metrics
from webapp.tracked_request import TrackedRequest

_log = structlog.get_logger()


def create_app(
    config: Mapping[str, object] | None = None,
    *,
    registry: KnowsTheRun | None = None,
    recognizer: RecognizesDigits | None = None,
) -> APIFlask:
    """Compose the web app.

    Args:
        config: settings that are stronger than the environment's; a key that
            no setting has (``TESTING``) is Flask's own.
        registry: knows the run being served; by default it watches ``NET_MODELS_DIR``.
        recognizer: answers drawings and pictures; by default it asks the registry's run.

    Raises:
        ConfigurationError: a setting has a value that cannot be used.
    """
    configuration = read_configuration(os.environ, config)
    request_log.start(configuration)
    app = _empty_app(configuration)
    app.config.from_mapping(config or {})
    registry = registry or _watching_registry(configuration)
    database = Database(configuration.database_address)
    jobs = make_book(configuration, database)
    recognizer = recognizer or Recognizer(registry)
    install(app, Services(configuration, recognizer, registry, database, jobs))
    for part in (
        security, delivery, languages, numbers, this_page, problems, guard, request_cycle,
        navigation, run_names, trainer_words, training_news, job_news, commands,
        correction_commands, offer, probes,
    ):  # fmt: skip
        part.init_app(app)
    limiter.init_app(app, configuration)
    rate_limit.init_app(app)
    for module in (
        static_files, views, health, metrics, models, predictions, batches, pictures,
        explanations, correction_api, documentation, account_pages,
    ):  # fmt: skip
        app.register_blueprint(module.bp)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


class _App(APIFlask):
    """No view or hook of ours is a coroutine, and asking each showed as 5 % of a profile."""

    request_class = TrackedRequest

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def _empty_app(configuration: Configuration) -> APIFlask:
    app = _App(
        "webapp",
        title="Nét",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]  # as Flask's own: no static route
        template_folder=str(REPOSITORY / "templates"),
    )
    documentation.describe(app)
    # One more than a drawing may have: werkzeug silently cuts off what a chunked body has beyond
    # its limit, so a body that is too long must still be seen to be. Pictures have their own.
    app.config["MAX_CONTENT_LENGTH"] = MAX_DRAWING_BYTES + 1
    cast(DefaultJSONProvider, app.json).sort_keys = False  # the order of the contract
    app.config["TRUSTED_HOSTS"] = list(configuration.trusted_hosts) or None
    return app


def _watching_registry(configuration: Configuration) -> Registry:
    """The registry of the runs on disk, with the current one loaded if there is one."""
    registry = Registry(configuration.models_folder, configuration.poll_seconds)
    try:
        registry.current()  # now, so that forked workers share it and no first request waits
    except RecognizerError as error:
        _log.warning("no model is served yet", reason=str(error))
    registry.start_watching()
    return registry
