"""``python -m trainer export``: hand a run's network to other programs, proven first."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from recognizer.errors import reason_of
from recognizer.suggestions import did_you_mean
from trainer.commands.options import Commands, add_data_dir, add_models
from trainer.commands.printing.console import table_console
from trainer.data.location import data_folder
from trainer.errors import SettingsError, TrainerError
from trainer.export.formats import FORMATS, Format
from trainer.runs.details import read_run
from trainer.runs.listing import resolve_run

if TYPE_CHECKING:
    import keras

    from recognizer.geometry import ModelInput
    from trainer.export.proof import Export

_ALL = "all"
_DESCRIPTION = """\
Write the network of a run in a form that other programs load. The original is model.keras of the
run, whose checksum is verified first. Every export is loaded again by its own runtime and compared
with the original on 1,000 of MNIST's test images (or, on a machine without MNIST, on digits drawn
here); it is put in its place only if no probability differs by more than 0.0001. The run itself is
never written to.

  keras        model.keras    Keras 3
  h5           model.h5       Keras 3; tools that know only HDF5 (not Keras 2)
  onnx         model.onnx     ONNX Runtime and whatever else reads ONNX
  tflite       model.tflite   LiteRT (TensorFlow Lite): phones, boards
  savedmodel   savedmodel/    TensorFlow, TensorFlow Serving
"""


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "export", help="write a run's network for Keras, ONNX, LiteRT or TensorFlow",
        description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    command.add_argument("name", metavar="RUN", help="name of the run; current: the served one")
    command.add_argument(
        "--format", required=True, action="extend", type=_formats, metavar="FORMAT",
        help=f"one of {', '.join(FORMATS)}; several behind commas, or {_ALL}",
    )  # fmt: skip
    command.add_argument(
        "--output", type=Path, metavar="PATH",
        help="a file's path for one format; for several, or where it exists, the folder to put "
        "the exports into; default: exports/RUN/ here. What was exported there before is replaced",
    )  # fmt: skip
    add_data_dir(command)
    add_models(command)
    command.set_defaults(run=_run)


def _formats(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if _ALL in names:
        return list(FORMATS)
    if unknown := [name for name in names if name not in FORMATS]:
        known = ", ".join([*FORMATS, _ALL])
        guess = did_you_mean(unknown[0], [*FORMATS, _ALL])
        raise argparse.ArgumentTypeError(f"no format {unknown[0]!r}; there are: {known}{guess}")
    return names


def _run(options: argparse.Namespace) -> int:
    run = resolve_run(options.models, options.name)
    forms = [FORMATS[name] for name in dict.fromkeys(options.format)]
    targets = [_target(options, run, form, alone=len(forms) == 1) for form in forms]

    from trainer.export.original import load_original
    from trainer.export.pictures import comparison_pictures

    network = load_original(run)
    pictures, words = comparison_pictures(data_folder(options.data_dir))
    failures: list[str] = []
    table = _table(run.name, words)
    for export in _exports(network, list(zip(forms, targets, strict=True)), pictures, failures):
        table.add_row(*_row(export))
    _print(table, run)
    if failures:
        raise TrainerError("; ".join(failures))
    return 0


def _target(options: argparse.Namespace, run: Path, form: Format, alone: bool) -> Path:
    output: Path = options.output or Path("exports") / run.name
    is_file = alone and options.output is not None and not output.is_dir()
    target = output if is_file else output / form.file_name
    if target.resolve().is_relative_to(options.models.resolve()):
        raise SettingsError(f"{target} lies among the runs, which are sealed; name another place")
    if is_file and not form.is_folder and target.suffix != Path(form.file_name).suffix:
        suffix = Path(form.file_name).suffix
        raise SettingsError(f"{target} is no folder, and {form.name} files end in {suffix}")
    return target


def _exports(
    network: keras.Model,
    places: Sequence[tuple[Format, Path]],
    pictures: ModelInput,
    failures: list[str],
) -> Iterator[Export]:
    """Every format that can be proven; why the others cannot is added to ``failures``."""
    from trainer.export.proof import export_network

    for form, target in places:
        try:
            yield export_network(network, form, target, pictures)
        except TrainerError as error:
            failures.append(str(error))
        except OSError as error:
            failures.append(f"{target} cannot be written to: {reason_of(error)}")


def _table(title: str, pictures: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.caption = f"compared with model.keras on {pictures}"
    table.add_column("format", no_wrap=True)
    for heading in ("bytes", "largest difference"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("read back by", no_wrap=True)
    table.add_column("where", overflow="fold")
    return table


def _row(export: Export) -> tuple[str, ...]:
    runtime = FORMATS[export.format].runtime
    difference = f"{export.largest_difference:.1e}"
    return export.format, f"{export.bytes:,}", difference, runtime, str(export.path)


def _print(table: Table, run: Path) -> None:
    if not table.row_count:
        return
    details = read_run(run)
    temperature = details.calibration.temperature if details.calibration else 1.0
    console = table_console()
    console.print(table)
    console.print(
        "reads (n, 28, 28, 1) float32, 0 = paper and 1 = ink, in MNIST's form as "
        f"recognizer/geometry.py draws it (version {details.preprocessing_version}); gives "
        "(n, 10), the probabilities of 0 to 9; to be as sure as the page, divide their logarithms "
        f"by {temperature} and take the softmax"
    )
