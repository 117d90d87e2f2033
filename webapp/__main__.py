"""``python -m webapp COMMAND``: what an operator does on the command line of a server.

Each command is loaded when it is asked for; add one as a line of :data:`COMMANDS`.
"""

from __future__ import annotations

from importlib import import_module

import click

from recognizer import VERSION
from recognizer.suggestions import did_you_mean

COMMANDS = {  # name -> module:command
    "backup": "webapp.maintenance.commands:backup",
    "doctor": "webapp.doctor.command:doctor",
    "downgrade": "webapp.maintenance.commands:downgrade",
    "prepare": "webapp.maintenance.commands:prepare",
    "restore": "webapp.maintenance.commands:restore",
}


class _Commands(click.Group):
    """Finds a command by its name in :data:`COMMANDS`."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            context.fail(f"there is no command {name!r}{did_you_mean(name, COMMANDS)}")
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.command(cls=_Commands)
@click.version_option(VERSION, prog_name="Nét")
def main() -> None:
    """Look after a server of Nét; its settings are read from the environment."""


if __name__ == "__main__":
    main(prog_name="python -m webapp")
