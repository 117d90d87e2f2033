from __future__ import annotations

import ast
import inspect

from recognizer.errors import REASONS
from webapp import sentences


def test_every_reason_of_the_recogniser_is_marked_for_translation_word_for_word() -> None:
    tree = ast.parse(inspect.getsource(sentences))
    marked = next(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "MARKED_REASONS"
    )

    texts = [call.args[0].value for call in marked.elts]  # type: ignore[attr-defined]

    assert texts == list(REASONS.values())


def test_every_title_has_a_detail() -> None:
    assert set(sentences.TITLES) == set(sentences.DETAILS)
