"""Archives as the public ones are built, small and of our own drawings."""

from __future__ import annotations

import bz2
import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tests.trainer.data.unipen.writing import components, segments_then_pen_data
from trainer.data.rows import Row


def compress(content: bytes) -> bytes:
    """As Unix's ``compress`` does: LZW with codes of 9 to 16 bits, written in groups of eight."""
    table = {bytes([byte]): byte for byte in range(256)}
    out, buffer, bits, width, codes, free = bytearray(b"\x1f\x9d\x90"), 0, 0, 9, 0, 257
    prefix = b""

    def flush() -> None:
        nonlocal buffer, bits
        while bits > 0:
            out.append(buffer & 255)
            buffer, bits = buffer >> 8, bits - 8
        buffer = bits = 0

    def emit(code: int) -> None:
        nonlocal buffer, bits, codes
        buffer |= code << bits
        bits, codes = bits + width, codes + 1
        while bits >= 8:
            out.append(buffer & 255)
            buffer, bits = buffer >> 8, bits - 8

    for byte in content:
        longer = prefix + bytes([byte])
        if longer in table:
            prefix = longer
            continue
        emit(table[prefix])
        if free < 1 << 16:
            table[longer] = free
            free += 1
            if free > 1 << width and width < 16:
                while codes % 8:  # the rest of a group of eight codes is filled up
                    emit(0)
                flush()
                width, codes = width + 1, 0
        prefix = bytes([byte])
    if prefix:
        emit(table[prefix])
    flush()
    return bytes(out)


def pendigits_zip(train: Sequence[Row], test: Sequence[Row]) -> bytes:
    parts = {"pendigits-orig.tra.Z": train, "pendigits-orig.tes.Z": test}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("pendigits.names", "about")
        for name, rows in parts.items():
            file.writestr(name, compress(segments_then_pen_data(rows).encode()))
    return archive.getvalue()


def unipen_tgz(rows: Mapping[str, Sequence[Row]], more: Mapping[str, bytes] | None = None) -> bytes:
    """As train_r01_v07: segments under data/, pen data under include/; rows by category."""
    files: dict[str, str] = {}
    pen_data: dict[str, str] = {}
    for category, written in rows.items():
        for row in written:
            name = f"{row.source}/data/{row.writer}{category}.dat"
            segments = f"data/{category}/{row.source}/{row.source}0/{row.writer}{category}.dat"
            if name not in pen_data:
                pen_data[name] = f".WRITER_ID {row.writer}\n\n.PEN_DOWN\n0 0\n.PEN_UP\n"
                files[segments] = (
                    f".VERSION 1.0\n.INCLUDE {row.source}/{row.source}.doc\n.INCLUDE {name}\n"
                )
            first = pen_data[name].count(".PEN_DOWN")
            pen_data[name] += components(row.strokes)
            label = row.label.replace("\\", "\\\\").replace('"', '\\"')
            last = first + len(row.strokes) - 1
            files[segments] += f'.SEGMENT CHARACTER {first}-{last} OK "{label}"\n'
            files[f"include/{row.source}/{row.source}.doc"] = ".COORD X Y\n.HIERARCHY CHARACTER\n"
    files |= {f"include/{name}": text for name, text in pen_data.items()}
    contents = {name: text.encode() for name, text in files.items()} | dict(more or {})
    return tgz({f"unipen/CDROM/train_r01_v07/{name}": text for name, text in contents.items()})


def tgz(files: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as file:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            file.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def usps_bz2(inks: NDArray[np.uint8], labels: NDArray[np.int64]) -> bytes:
    """As LIBSVM packs USPS: labels from 1, values from -1 (paper) to 1; zeros are left out."""
    lines = []
    for ink, label in zip(inks.reshape(len(inks), -1) / 127.5 - 1, labels, strict=True):
        values = (f"{place}:{value:.4f}" for place, value in enumerate(ink, 1) if value)
        lines.append(f"{label + 1} {' '.join(values)}\n")
    return bz2.compress("".join(lines).encode())


def emnist_zip(inks: NDArray[np.uint8], labels: NDArray[np.int64]) -> bytes:
    """As NIST packs EMNIST: gzipped idx files, each picture's columns as its rows."""
    parts = {"images-idx3": inks.transpose(0, 2, 1), "labels-idx1": labels.astype(np.uint8)}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("gzip/emnist-balanced-mapping.txt", "0 48\n")
        for part, array in parts.items():
            file.writestr(f"gzip/emnist-digits-test-{part}-ubyte.gz", gzip.compress(idx(array)))
    return archive.getvalue()


def idx(array: NDArray[np.uint8]) -> bytes:
    sizes = struct.pack(f">{array.ndim}I", *array.shape)
    return struct.pack(">HBB", 0, 8, array.ndim) + sizes + array.tobytes()
