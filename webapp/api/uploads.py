"""Read one file and its fields out of a multipart body, in memory and within a limit.

Flask would write files of half a megabyte and more to disk, and take a body that it cannot
read for an empty form. What is in the file is for others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from webapp.errors import NoBoundaryError, NotAFormError, UploadError
from webapp.tracked_request import TrackedRequest

MULTIPART = "multipart/form-data"
MAX_PARTS = 20
MAX_TEXT_LENGTH = 500_000  # characters of each field that is no file
MAX_OVERHEAD_BYTES = 65_536  # of the body around the file: boundaries, headers, other fields


@dataclass(frozen=True)
class Upload:
    """A file that was sent, and the fields that were sent along (the last of each name)."""

    content: bytes
    fields: Mapping[str, str]


def read_upload(request: TrackedRequest, field: str, max_bytes: int) -> Upload:
    """Read the one file of a form.

    Args:
        request: one whose body has not been read yet.
        field: name of the file's field.
        max_bytes: of the file; a body may have 64 KiB more.

    Raises:
        NotAFormError: the body is no multipart form, or is compressed.
        NoBoundaryError: its Content-Type has no boundary, or one that cannot be used.
        RequestEntityTooLarge: the body is larger, or has too many parts.
        BadRequest: the body does not keep to the form of multipart, or ends early.
        UploadError: the field is missing, empty, no file, or there several times.
    """
    if request.mimetype != MULTIPART or request.is_encoded:
        raise NotAFormError
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary or not boundary.isascii():
        raise NoBoundaryError
    request.max_content_length = max_bytes + MAX_OVERHEAD_BYTES
    texts, files = _parse(request)
    # A browser sends a field with no file chosen as one without a name.
    given = [file for file in files.getlist(field) if file.filename]
    if len(given) > 1:
        raise UploadError(field, "several")
    if not given:
        raise UploadError(field, "no_file" if field in texts else "missing")
    if any(len(text) > MAX_TEXT_LENGTH for _, text in texts.items(multi=True)):
        raise RequestEntityTooLarge
    content = given[0].read()
    if not content:
        raise UploadError(field, "empty")
    return Upload(content, {name: values[-1] for name, values in texts.lists()})


def _parse(request: TrackedRequest) -> tuple[MultiDict[str, str], MultiDict[str, FileStorage]]:
    parser = FormDataParser(
        stream_factory=_in_memory,
        # As much as the whole body: a picture that came as text is told so, not that it is long.
        max_form_memory_size=request.max_content_length,
        max_form_parts=MAX_PARTS,
        silent=False,
    )
    stream, form = request.stream, (request.content_length, request.mimetype_params)
    try:
        _, texts, files = parser.parse(stream, request.mimetype, *form)
    except ValueError as error:
        raise BadRequest from error
    return texts, files


def _in_memory(*_: object, **__: object) -> BytesIO:
    return BytesIO()
