import assert from "node:assert/strict";
import { test } from "node:test";

import { DigitChoice } from "../../static/js/digit-choice.js";

const digits = (...read) => read.map((digit) => ({ digit }));
function listened() {
  const choice = new DigitChoice();
  const heard = [];
  for (const type of ["digits", "choice"]) choice.addEventListener(type, () => heard.push(type));
  return { choice, heard };
}

test("the first digit is picked until a person picks another", () => {
  const { choice, heard } = listened();

  choice.show(digits(1, 2));
  const first = choice.digit.digit;
  choice.choose(1);
  choice.choose(1);

  assert.deepEqual([first, choice.digit.digit], [1, 2]);
  assert.deepEqual(heard, ["digits", "choice"]);
});

test("a newer answer keeps the choice where it reads the same, and only there", () => {
  const { choice } = listened();
  choice.show(digits(1, 2));
  choice.choose(1);

  choice.show(digits(1, 2));
  const same = choice.index;
  choice.show(digits(1, 3));

  assert.deepEqual([same, choice.index], [1, 0]);
});

test("where there are no digits none is picked", () => {
  const { choice } = listened();
  choice.show(digits(7));

  choice.show([]);

  assert.equal(choice.digit, null);
});

test("what was left out is that of the newest answer", () => {
  const { choice } = listened();
  choice.show(digits(3, 5), [{ strokes: [1] }]);
  const before = choice.leftOut;

  choice.show(digits(3, 5));

  assert.deepEqual([before, choice.leftOut], [[{ strokes: [1] }], []]);
});
