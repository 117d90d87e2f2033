"""The files under static/, at addresses that change whenever one of them does.

The version stands in the path and not behind a question mark, so the imports between
JavaScript modules and the url() of style sheets carry it too. A file asked for without its
present version is served, but has to be asked for again.

The few small files are read once: nothing that a request says ever reaches the disk.
"""

import hashlib
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request
from flask.blueprints import BlueprintSetupState

from webapp.configuration import REPOSITORY
from webapp.pages.bundles import bundles_of

FOLDER = REPOSITORY / "static"
A_YEAR = "public, max-age=31536000, immutable"

_FILES = "net_static"
_VERSION = "net_static_version"
_TYPES = MimeTypes()  # its own table: the machine's may say that .js is text/plain
_TYPES.add_type("text/javascript", ".js")
_TYPES.add_type("application/manifest+json", ".webmanifest")
_TYPES.add_type("font/woff2", ".woff2")
_TYPES.add_type("image/webp", ".webp")

bp = Blueprint("static_files", __name__)


@dataclass(frozen=True)
class StaticFile:
    """The content of a file, and its checksum as the tag that tells versions apart."""

    content: bytes
    mimetype: str
    tag: str


def read_folder(folder: Path) -> dict[str, StaticFile]:
    """Read every file of a folder, by its path inside it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): _file(path.name, path.read_bytes()) for path in paths
    }


def read_all() -> dict[str, StaticFile]:
    """Read every file under static/, and join what pages get in one piece."""
    joined = bundles_of(FOLDER)
    return read_folder(FOLDER) | {name: _file(name, text.encode()) for name, text in joined.items()}


def version_of(files: dict[str, StaticFile]) -> str:
    """Name the present content: another name or byte, another version."""
    listing = "\n".join(f"{name} {file.tag}" for name, file in files.items())
    return hashlib.sha256(listing.encode()).hexdigest()[:12]


def static_version() -> str:
    """Return the version of all files that this server's pages name."""
    version: str = current_app.extensions[_VERSION]
    return version


@bp.record_once
def _add_routes(state: BlueprintSetupState) -> None:
    app = state.app
    app.extensions[_FILES] = read_all()
    app.extensions[_VERSION] = version = version_of(app.extensions[_FILES])

    def show_versioned(version_asked_for: str, filename: str) -> Response:
        response = show_unversioned(filename)
        if version_asked_for == version and not app.debug:
            response.headers["Cache-Control"] = A_YEAR
        return response

    def add_version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("version_asked_for", version)

    # Named "static" as Flask names its own, which this takes the place of.
    app.add_url_rule("/static/v-<version_asked_for>/<path:filename>", "static", show_versioned)
    app.url_defaults(add_version)


@bp.get("/static/<path:filename>")
def show_unversioned(filename: str) -> Response:
    """Serve a file to be asked for again each time."""
    files: dict[str, StaticFile] = current_app.extensions[_FILES]
    if current_app.debug:  # an edited file shows without a restart
        files = read_all()
    if filename not in files:
        abort(404)
    file = files[filename]
    response = Response(file.content, mimetype=file.mimetype)
    response.set_etag(file.tag)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _file(name: str, content: bytes) -> StaticFile:
    mimetype, _ = _TYPES.guess_type(name)
    tag = hashlib.sha256(content).hexdigest()[:16]
    return StaticFile(content, mimetype or "application/octet-stream", tag)
