"""How sheets of paper look to cameras, scanners and screens: the kinds that are measured.

Nothing is drawn here: :mod:`trainer.synthesis.papers` does.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass


@dataclass(frozen=True)
class Appearance:
    """How a sheet looks; lengths are shares of a digit's height unless said otherwise.

    Attributes:
        digits: fewest and most in a line.
        lines: of digits.
        height: of a digit, pixels, from and to.
        gap: between neighbours, from and to.
        margin: around the digits, from and to.
        slope: of the lines of digits, degrees, at most.
        ink: how dark the pen is, 1 is black, from and to.
        ink_colour: red, green and blue of full ink, 0-1.
        grain: how much of the paper's tooth shows in the ink, as under a pencil, 0-1.
        ruled, squared: whether lines are printed, across only or both ways.
        dotted: whether dotted lines are printed from top to bottom.
        boxes: printed around digits: ``none``, ``separate``, ``adjoining`` or ``one`` around all.
        box_width: of their lines and of underlines.
        underlined: whether each line of digits is.
        rule_ink: how dark the printed lines are.
        lamp: how much light the farthest corner lacks, 0-1.
        shadow: how much light the shadow of a hand takes away, 0-1.
        turn: of the camera, degrees, at most.
        perspective: by how much of the width a corner is moved, at most.
        binding: whether a spiral holds the page at its top.
        edge: whether a page's edge and what lies behind it is seen on the left.
        side: longest side of the picture, pixels; 0 leaves it as it is.
        table: width of the dark table that is seen around the sheet, share of the sheet.
        blur: standard deviation, pixels.
        noise: standard deviation of each pixel, share of white.
        specks: dust and dirt, number.
        inverted: light ink on a dark ground.
        paper: how bright the paper is.
        form: of the file, a key of :data:`trainer.synthesis.picture_files.FORMS`.
    """

    digits: tuple[int, int] = (1, 5)
    lines: int = 1
    height: tuple[float, float] = (90, 180)
    gap: tuple[float, float] = (0.15, 0.5)
    margin: tuple[float, float] = (0.8, 2.5)
    slope: float = 2.0
    ink: tuple[float, float] = (0.75, 0.95)
    ink_colour: tuple[float, float, float] = (0.1, 0.1, 0.15)
    grain: float = 0.0
    ruled: bool = False
    squared: bool = False
    dotted: bool = False
    boxes: str = "none"
    box_width: float = 0.03
    underlined: bool = False
    rule_ink: float = 0.3
    lamp: float = 0.0
    shadow: float = 0.0
    turn: float = 0.0
    perspective: float = 0.0
    binding: bool = False
    edge: bool = False
    side: int = 0
    table: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    specks: int = 0
    inverted: bool = False
    paper: float = 1.0
    form: str = "PNG"


_PHOTO = Appearance(
    ink=(0.7, 0.9),
    lamp=0.45,
    turn=3,
    perspective=0.02,
    blur=1.0,
    noise=0.02,
    paper=0.85,
    form="JPEG",
)

KINDS: dict[str, Appearance] = {
    "plain": Appearance(),
    "light on dark": Appearance(inverted=True),
    "transparent": Appearance(form="transparent PNG"),
    "light on transparent": Appearance(inverted=True, form="transparent PNG"),
    "scan": Appearance(form="GIF", noise=0.01, blur=0.6, turn=1.5, specks=6, paper=0.97),
    "screenshot": Appearance(height=(40, 70), ink=(1.0, 1.0), slope=0.0),
    "small": Appearance(height=(22, 30)),
    "photo": _PHOTO,
    "photo, camera turned": dataclasses.replace(_PHOTO, form="JPEG, camera turned"),
    "photo, much compressed": dataclasses.replace(_PHOTO, form="JPEG, quality 25"),
    "photo, WebP": dataclasses.replace(_PHOTO, form="WebP"),
    "lamp and shadow": dataclasses.replace(_PHOTO, lamp=0.6, shadow=0.45),
    "ruled": dataclasses.replace(_PHOTO, ruled=True),
    "squared": dataclasses.replace(_PHOTO, squared=True),
    "pencil": dataclasses.replace(_PHOTO, ink=(0.3, 0.45), grain=0.5),
    "marker": dataclasses.replace(_PHOTO, ink=(0.85, 1.0), ink_colour=(0.6, 0.05, 0.1)),
    "blurred": dataclasses.replace(_PHOTO, blur=3.0),
    "noisy": dataclasses.replace(_PHOTO, noise=0.06, blur=0.7),
    "turned": dataclasses.replace(_PHOTO, turn=10),
    "on a table": dataclasses.replace(_PHOTO, table=0.15),
    "board": dataclasses.replace(_PHOTO, inverted=True, noise=0.03),
    "several lines": dataclasses.replace(_PHOTO, lines=3, digits=(2, 5)),
    "sloping": Appearance(slope=12.0, digits=(3, 5)),
    "single digit": dataclasses.replace(_PHOTO, digits=(1, 1)),
    "touching": Appearance(gap=(-0.1, 0.02), digits=(2, 4)),
    "out of focus": dataclasses.replace(_PHOTO, blur=5.0, margin=(0.8, 1.5), digits=(1, 2)),
    "out of focus, 3000 pixels": dataclasses.replace(
        _PHOTO, blur=5.0, margin=(0.8, 1.5), digits=(1, 2), side=3000
    ),
    "dotted": dataclasses.replace(_PHOTO, dotted=True),
    "binding": dataclasses.replace(_PHOTO, binding=True),
    "page's edge": dataclasses.replace(_PHOTO, edge=True),
    "underlined": dataclasses.replace(_PHOTO, underlined=True, rule_ink=0.8, digits=(2, 5)),
    "boxes, separate": dataclasses.replace(_PHOTO, boxes="separate", rule_ink=0.6),
    "boxes, adjoining": dataclasses.replace(_PHOTO, boxes="adjoining", rule_ink=0.6, digits=(3, 8)),
    "one box": dataclasses.replace(_PHOTO, boxes="one", rule_ink=0.8, digits=(2, 5)),
    "form": Appearance(boxes="adjoining", rule_ink=0.75, digits=(8, 8), height=(40, 70)),
    "telephone number": dataclasses.replace(
        _PHOTO, digits=(8, 13), gap=(-0.08, 0.25), height=(60, 110)
    ),
}
