"""The pages under /admin: what the trainer made, and buttons for what the trainer can do."""

from flask import Blueprint

from webapp.admin import plotly
from webapp.admin.corrections import actions as correction_actions
from webapp.admin.corrections import views as corrections
from webapp.admin.data import views as data
from webapp.admin.overview import views as overview
from webapp.admin.people import account, log
from webapp.admin.people import views as people
from webapp.admin.releases import trial_views as releases
from webapp.admin.runs import actions as run_actions
from webapp.admin.runs import live as run_live
from webapp.admin.runs import sample_views as runs
from webapp.admin.studies import actions as study_actions
from webapp.admin.studies import views as studies
from webapp.admin.training import job_page as training

# Each area adds its own; webapp.accounts.web.guard lets nobody in without a session.
BLUEPRINTS: tuple[Blueprint, ...] = (
    overview.bp,
    plotly.bp,
    runs.bp,
    run_live.bp,
    run_actions.bp,
    releases.bp,
    training.bp,
    data.bp,
    studies.bp,
    study_actions.bp,
    corrections.bp,
    correction_actions.bp,
    account.bp,
    people.bp,
    log.bp,
)
