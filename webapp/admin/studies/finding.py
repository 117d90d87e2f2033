"""Find the place of a study that an address names, before anybody is asked about it."""

from __future__ import annotations

from flask import abort

from webapp.admin.studies.catalogue import list_studies
from webapp.admin.studies.places import LOCAL, StudyPlace, is_study_name, study_places
from webapp.services import services


def find_place(key: str, name: str) -> StudyPlace:
    """Find the place where a study is kept; 404 where there is none of that name.

    A name that nobody has heard of must not start a process that looks for it.
    """
    places = study_places(services().configuration)
    found = [place for place in places if place.key == key and has_study(place, name)]
    return found[0] if found else abort(404)


def has_study(place: StudyPlace, name: str) -> bool:
    """Whether a study of this name is, or may be, kept there."""
    if not is_study_name(name):
        return False
    if place.key == LOCAL:
        return place.has_file(name)
    catalogue = list_studies([place])
    if not catalogue.is_complete or any(line.name == name for line in catalogue.lines):
        return True
    # A database that is away tells of no study; one that was looked at before is still there.
    return bool(catalogue.problems) and place.study(name)[0].last() is not None
