"""Names that a person cannot tell apart, though their letters are different ones.

As Unicode's UTS 39 has it: a name is of one script, and two names with one skeleton are the same.
"""

from __future__ import annotations

import unicodedata

# Small letters and digits that look like Latin ones; capitals are gone from a name.
_ALIKE = str.maketrans(
    "авеѕіјӏорсухһԁԛԝѵкмнтгп" + "αβγεικνορτυχωη" + "օսցհոռ" + "ıłøŧ01" + "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ",
    "abesijlopcyxhdqwvkmhtrn" + "abyeiknoptuxwn" + "oughnn" + "ilotol" + "abcdeghijklmnoprtuvwyz",
)
_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL"})


def is_of_one_script(name: str) -> bool:
    """Say whether all letters and digits of a name are of one script, and can be seen."""
    scripts = set()
    for letter in filter(str.isalnum, name):
        words = unicodedata.name(letter, "").split()
        if not words or "FILLER" in words:
            return False
        if not (letter.isascii() and letter.isdigit()):
            scripts.add("CJK" if words[0] in _TOGETHER else words[0])
    return len(scripts) <= 1


def skeleton(name: str) -> str:
    """Write letters of a name that look alike as one letter; nobody shall be shown that."""
    return name.translate(_ALIKE)
