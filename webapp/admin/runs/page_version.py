"""What a run's page depends on besides its epochs: other buttons and parts mean another version."""

from __future__ import annotations

from zlib import crc32

from webapp.admin.run_names import description_of
from webapp.admin.runs.seen_run import SeenRun
from webapp.services import services


def page_version(run: SeenRun) -> str:
    """Make a text that changes when the run, its jobs or what is served do."""
    jobs = [f"{job.id}:{job.state}:{job.wanted}" for job in services().jobs.of_run(run.name)]
    described = str(crc32(repr(description_of(run.name)).encode()))
    return ",".join([run.status, "served" if run.is_current else "", described, *jobs])
