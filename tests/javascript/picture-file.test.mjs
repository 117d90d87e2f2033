import assert from "node:assert/strict";
import { test } from "node:test";

import { takeIn } from "../../static/js/picture-file.js";

const MAX_BYTES = 10 * 2 ** 20;

const HEADS = {
  PNG: "\x89PNG\r\n\x1a\n",
  JPEG: "\xff\xd8\xff\xe0",
  WebP: "RIFF\x10\n\0\0WEBP",
  BMP: "BM",
  GIF: "GIF89a",
};
const TYPES = ["image/png", "image/pjpeg", "image/x-png", "image/jpg", "application/octet-stream", ""];
const file = (text, type = "", name = "a") =>
  new File([Uint8Array.from(text, (letter) => letter.charCodeAt(0))], name, { type });

for (const [format, head] of Object.entries(HEADS)) {
  test(`a ${format} file is sent, whatever its system calls it`, async () => {
    for (const type of TYPES) {
      const { file: taken, refusal } = await takeIn(file(`${head} and more`, type, "photo"), MAX_BYTES);

      assert.equal(refusal, null);
      assert.equal(taken.name, "photo");
      assert.equal(taken.size, head.length + 9);
    }
  });
}

test("other files are not sent, and why is said", async () => {
  const gone = { size: 5, arrayBuffer: () => Promise.reject(new DOMException("", "NotReadableError")) };
  const refusals = [];

  for (const given of [
    file("\0\0\0\x18ftypheic", "image/heic"),
    file("%PDF-1.7", "image/png"),
    file("", "image/png"),
    { size: MAX_BYTES + 1 },
    gone,
  ]) {
    refusals.push((await takeIn(given, MAX_BYTES)).refusal);
  }

  assert.deepEqual(refusals, [
    "picture.unknown_type",
    "picture.unknown_type",
    "picture.damaged",
    "picture.too_large",
    "picture.unreadable",
  ]);
});
