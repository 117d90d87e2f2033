from tests.webapp.admin.data.test_pages import *  # noqa
from tests.webapp.admin.data import test_pages as t


def test_zz(app_with, monkeypatch, tmp_path):
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "matplotlib.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'matplotlib'\")"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hidden"))
    client = t.signed_in(app_with(**{"mine.jsonl": t._rows(t.ROW)}), "viewer")
    page = t.wait_until(lambda: client.get(t.DATA), "could not be counted")
    i = page.index("could not be counted")
    print("PAGE", page[i : i + 1500])
    assert 0
