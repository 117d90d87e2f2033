"""Give the page a picture: choose it, drop it, paste it."""

from __future__ import annotations

import base64

from playwright.sync_api import FilePayload, Locator, Page

from tests.written_paper import as_file, paper

TWO_SEVENS = as_file(paper(2), "PNG")
A_SEVEN = as_file(paper(), "JPEG")


def picture_file(content: bytes, kind: str = "image/png", name: str = "paper.png") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


def choose(page: Page, file: FilePayload) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Read a picture").click()
    chooser.value.set_files(file)


def hand_over(
    page: Page, event: str, content: bytes, kind: str = "image/png", count: int = 1
) -> None:
    """Drop or paste a file, or `count` of them, as the browser's own event would bring it."""
    page.evaluate(
        """([event, content, kind, count]) => {
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          for (let index = 0; index < count; index += 1) {
            data.items.add(new File([bytes], `paper ${index}`, {type: kind}));
          }
          const shared = {bubbles: true, cancelable: true};
          const made = event === "paste"
            ? new ClipboardEvent(event, {...shared, clipboardData: data})
            : new DragEvent(event, {...shared, dataTransfer: data});
          document.querySelector("h1").dispatchEvent(made);
        }""",
        [event, base64.b64encode(content).decode(), kind, count],
    )


def picture_tags(page: Page) -> Locator:
    return page.get_by_role("group", name="Digits on the picture").get_by_role("button")
