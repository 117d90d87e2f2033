"""Enough of a Dockerfile to run its steps without Docker: stages, COPY, RUN, ENV and the rest."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

_FROM = re.compile(r"(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)


@dataclass
class Stage:
    """One ``FROM`` and what follows it, in order."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, instruction: str) -> str | None:
        """What the last instruction of this name says; None where there is none."""
        found = [rest for name, rest in self.steps if name == instruction]
        return found[-1] if found else None

    def command(self) -> list[str]:
        """The words of its ``CMD``."""
        words: list[str] = json.loads(self.last("CMD") or "[]")
        return words

    def environment(self) -> dict[str, str]:
        """Everything that its ``ENV`` lines set."""
        lines = [rest for name, rest in self.steps if name == "ENV"]
        pairs = [word.split("=", 1) for line in lines for word in shlex.split(line)]
        return dict(pairs)


def read_dockerfile(path: Path) -> dict[str, Stage]:
    """The stages by name, in order."""
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if line[:1] != "#")
    stages: dict[str, Stage] = {}
    for line in text.replace("\\\n", " ").splitlines():
        instruction, _, rest = line.strip().partition(" ")
        rest = " ".join(rest.split())
        if instruction == "FROM":
            found = _FROM.fullmatch(rest)
            assert found, line
            stages[found[2]] = Stage(found[1], found[2])
        elif instruction and stages:
            next(reversed(stages.values())).steps.append((instruction, rest))
    return stages
