"""``python -m trainer recipes``: what can be trained, and every setting with its limits."""

from __future__ import annotations

import argparse
import json
from typing import Any

from trainer.commands.options import Commands


def add_to(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the command's parser."""
    command = commands.add_parser(
        "recipes",
        help="list the recipes, or the settings of one",
        description="List the recipes; with a name, its settings, what they mean and their limits.",
    )
    command.add_argument("recipe", nargs="?", help="show the settings of this one")
    command.add_argument("--json", action="store_true", help="print everything as JSON")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from trainer.recipes import RECIPE_NAMES, describe

    names = [options.recipe] if options.recipe else RECIPE_NAMES
    descriptions = [describe(name) for name in names]
    if options.json:
        print(json.dumps([{**one.as_json(), "presets": _presets(one.name)} for one in descriptions],
                         indent=1))  # fmt: skip
    elif options.recipe:
        _print_settings(descriptions[0])
        _print_presets(options.recipe)
    else:
        for description in descriptions:
            print(f"{description.name:14} {description.summary}")
        print("python -m trainer recipes NAME: its settings, and how long it takes on this machine")
    return 0


def _presets(recipe: str) -> dict[str, Any]:
    """What each preset changes, and the seconds that it is expected to take here."""
    from trainer.training.presets import PRESETS, expected_seconds, preset_settings

    changes = {preset: preset_settings(recipe, preset) for preset in PRESETS}
    return {
        preset: {"settings": settings, "seconds": round(expected_seconds(recipe, settings))}
        for preset, settings in changes.items()
    }


def _print_presets(recipe: str) -> None:
    from trainer.training.presets import in_words

    print("presets, with the time expected on this machine:")
    for preset, facts in _presets(recipe).items():
        changes = ", ".join(f"{name}={value}" for name, value in facts["settings"].items())
        print(f"  --preset {preset:7} {in_words(facts['seconds'])}: {changes or 'as it stands'}")


def _print_settings(description: Any) -> None:
    from rich.table import Table

    from trainer.commands.printing.console import table_console

    table = Table(title=f"{description.name}: {description.summary}", title_justify="left")
    for heading in ("setting", "default", "takes", "meaning"):
        table.add_column(heading, overflow="fold")
    for setting in description.settings:
        table.add_row(setting.name, str(setting.default), setting.limits.takes, setting.meaning)
    table_console().print(table)
