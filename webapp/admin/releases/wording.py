"""Points in time for people; a page's JavaScript turns them into the time of where they are."""

from __future__ import annotations

from datetime import datetime, timezone

from webapp.admin.runs.wording import moment


def written_moment(at: datetime | str | None) -> str:
    """As ``2026-11-21 09:30 UTC``; a dash where there is none."""
    if isinstance(at, datetime):
        at = at.astimezone(timezone.utc).isoformat()
    return moment(at)
