import assert from "node:assert/strict";
import { test } from "node:test";

import { MAX_BYTES, refusalOf } from "../../static/js/picture-file.js";

test("pictures of ten mebibytes are sent, and files that the browser does not know", () => {
  for (const type of ["image/png", "image/jpeg", "image/webp", "image/bmp", "image/gif", ""]) {
    assert.equal(refusalOf({ type, size: MAX_BYTES }), null);
  }
});

test("other files are not sent, and why is said", () => {
  const files = [
    { type: "image/heic", size: 5 },
    { type: "text/plain", size: 5 },
    { type: "image/png", size: 0 },
    { type: "image/png", size: MAX_BYTES + 1 },
  ];

  assert.deepEqual(files.map(refusalOf), [
    "picture.unknown_type",
    "picture.unknown_type",
    "picture.damaged",
    "picture.too_large",
  ]);
});
