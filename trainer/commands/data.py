"""``python -m trainer data``: fetch the public data sets, and look at any data before training."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from recognizer.command_line.parser import whole_number
from trainer.commands.options import Commands, add_data_dir
from trainer.data.fetch.sources import NAMES, SOURCES, TEST_SOURCES, Source
from trainer.runs.plain_json import json_text

_FETCH = """\
Bring the public data sets and make of them the files that training reads:

{sources}

Sets that no recipe trains on, for evaluate --data SET, are brought where they are named:

{test_sources}

What has arrived of an interrupted download is kept, and the same command goes on from there.
The archives stay in downloads/ below the data folder; an archive that you put there yourself is
used, if its checksum is right. Checksums: docs/data.md.
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    data = commands.add_parser(
        "data",
        help="fetch the public data sets; look at any data",
        description="Fetch the public data sets, or count, draw and check any data: "
        "`data fetch --help` names the sets, `data show --help` what can be looked at.",
    )
    below = data.add_subparsers(title="what to do", required=True, metavar="fetch|show")
    _add_fetch(below)
    _add_show(below)


def _add_fetch(below: Commands[argparse.ArgumentParser]) -> None:
    description = _FETCH.format(sources=_told(SOURCES), test_sources=_told(TEST_SOURCES))
    fetch = below.add_parser(
        "fetch", help="bring the public data sets", description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    fetch.add_argument(
        "names", nargs="*", metavar="SET",
        help=f"which: {', '.join(NAMES)}; default: those that training reads, "
        f"{', '.join(source.name for source in SOURCES)}",
    )  # fmt: skip
    fetch.add_argument(
        "--from", dest="mirror", metavar="URL",
        help="take the archives from a mirror, by their file names, instead of their own addresses",
    )  # fmt: skip
    fetch.add_argument(
        "--sha256", metavar="HEX",
        help="what the archive of the one set named must have, instead of the published checksum",
    )  # fmt: skip
    fetch.add_argument(
        "--again", action="store_true", help="make the files anew though they are there"
    )
    fetch.add_argument(
        "--retries", type=whole_number(0), default=4, metavar="N",
        help="how often to try again when the network fails, after 0.5, 1, 2, … seconds; default 4",
    )  # fmt: skip
    fetch.add_argument("--json", action="store_true", help="print JSON when all is done")
    fetch.add_argument(
        "--data-dir", type=Path, metavar="DIR",
        help="where to put them; default: NET_DATA_DIR, else data/ in the project; made if missing",
    )  # fmt: skip
    fetch.set_defaults(run=_run_fetch)


def _told(sources: Sequence[Source]) -> str:
    return "\n\n".join(f"  {one.name}\n    {one.url}\n    {one.credit}" for one in sources)


def _add_show(below: Commands[argparse.ArgumentParser]) -> None:
    show = below.add_parser(
        "show",
        help="count, draw and check data",
        description="Count the samples of every class in every split, by site and by writer; find "
        "samples that are there twice; name everything that cannot be read (then the exit status "
        "is 2 and no picture is written, unless --anyway).",
    )
    show.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="a file of drawings (.jsonl, .jsonl.gz), a folder of them, a folder with MNIST, or a "
        "folder with folders 0 to 9 of pictures; default: everything in the data folder",
    )  # fmt: skip
    show.add_argument(
        "--output", type=Path, default=Path("data-report"), metavar="DIR",
        help="where the class distribution and a sheet of samples of every set are written, as "
        "PNG; default: data-report/ in the current folder",
    )  # fmt: skip
    show.add_argument(
        "--validation-images", type=whole_number(0), default=2_000, metavar="N",
        help="how many of MNIST's training images, the last ones, to count as validation; "
        "default: 2000, as the recipe ink holds out",
    )  # fmt: skip
    show.add_argument(
        "--anyway", action="store_true", help="draw what can be read, though something cannot"
    )
    show.add_argument("--json", action="store_true", help="print JSON instead of tables")
    add_data_dir(show)
    show.set_defaults(run=_run_show)


def _run_fetch(options: argparse.Namespace) -> int:
    from rich.console import Console

    from trainer.data.fetch.session import fetch
    from trainer.data.fetch.sources import find_source
    from trainer.data.fetch.telling import DownloadBar, tell
    from trainer.data.location import folder_to_fill
    from trainer.errors import DataError

    sources = [find_source(name) for name in options.names] or SOURCES
    if options.sha256 and len(sources) != 1:
        raise DataError("--sha256 is of one archive: name the data set")
    folder = folder_to_fill(options.data_dir)
    console = Console(stderr=options.json, markup=False, emoji=False, highlight=False)
    done = []
    for source in sources:
        with DownloadBar(console, source.name) as bar:
            fetched = fetch(
                source, folder, bar.show, mirror=options.mirror, sha256=options.sha256,
                again=options.again, retries=options.retries,
            )  # fmt: skip
        tell(console, fetched, folder)
        done.append(fetched)
    if options.json:
        print(json_text([vars(fetched) for fetched in done], indent=1, ensure_ascii=False))
    return 0


def _run_show(options: argparse.Namespace) -> int:
    from trainer.commands.printing.console import table_console
    from trainer.data.location import data_folder
    from trainer.data.survey.duplicates import find_duplicates
    from trainer.data.survey.files import describe_files
    from trainer.data.survey.finding import survey
    from trainer.data.survey.plots import write_plots
    from trainer.data.survey.tables import as_json, as_sentences, as_tables
    from trainer.errors import DataError

    folder = options.data_dir if options.paths else data_folder(options.data_dir)
    found = survey(folder or Path(), options.paths, options.validation_images)
    duplicates = find_duplicates(found.sets)
    sets = [] if found.problems and not options.anyway else found.sets
    pictures = [path for data_set in sets for path in write_plots(data_set, options.output)]
    if options.json:
        files = describe_files(options.paths or [folder or Path()])
        told = as_json(found, duplicates, pictures, files)
        print(json_text(told, indent=1, ensure_ascii=False))
    else:
        table_console().print(as_tables(found))
        for sentence in (*as_sentences(found, duplicates), *(f"written: {p}" for p in pictures)):
            print(sentence)
    if found.problems:
        number = len(found.problems)
        raise DataError(f"{found.problems[0]}" + (f", and {number - 1} more" * (number > 1)))
    return 0
