import assert from "node:assert/strict";
import { test } from "node:test";

import { asciiDigits } from "../../static/js/ascii-digits.js";
import { confidenceWords, rankedDigits } from "../../static/js/confidence.js";
import { Memory } from "../../static/js/memory.js";
import { Messages } from "../../static/js/messages.js";
import { reasonOf } from "../../static/js/inside-sums.js";
import { figuresOf } from "../../static/js/model-figures.js";
import { secondsToWait } from "../../static/js/prediction-request.js";

test("figures are written as the language writes them", () => {
  assert.equal(new Messages({}, "en").percent(0.9876), "98.8%");
  assert.equal(new Messages({}, "vi").percent(0.9876), "98,8%");
  assert.equal(new Messages({ a: "%(n)s" }, "vi").text("a", { n: 12345 }), "12.345");
});

test("only a certainty is written as 100 %", () => {
  const messages = new Messages({}, "en");

  assert.deepEqual([0.9999, 0.9994, 1, 0].map((share) => messages.percent(share)), [
    "99.9%",
    "99.9%",
    "100%",
    "0%",
  ]);
});

test("placeholders are filled, and a value with a placeholder in it stays as it is", () => {
  const messages = new Messages({ a: "%(x)s or %(y)s" }, "en");

  assert.equal(messages.text("a", { x: "%(y)s", y: "b" }), "%(y)s or b");
});

test("a higher confidence never gets weaker words", () => {
  assert.equal(confidenceWords(1), "words.certain");
  assert.equal(confidenceWords(0.95), "words.sure");
  assert.equal(confidenceWords(0), "words.guess");
});

test("digits are ranked by probability", () => {
  assert.deepEqual(rankedDigits([0.1, 0.7, 0.2]), [1, 2, 0]);
});

test("Retry-After is seconds or a date, and rubbish is nothing", () => {
  const now = Date.parse("Wed, 21 Oct 2026 07:28:00 GMT");

  assert.equal(secondsToWait("5", now), 5);
  assert.equal(secondsToWait("Wed, 21 Oct 2026 07:28:30 GMT", now), 30);
  assert.equal(secondsToWait("Wed, 21 Oct 2026 07:27:00 GMT", now), 0);
  for (const rubbish of [null, "", "soon"]) assert.equal(secondsToWait(rubbish, now), null);
});

test("a memory that throws, is full or holds rubbish gives the fallback", () => {
  const forbidden = new Memory(() => {
    throw new Error("no");
  });
  const broken = new Memory(() => ({ getItem: () => "{", setItem: () => assert.fail() }));

  forbidden.write("a", 1);

  assert.equal(forbidden.read("a", 7), 7);
  assert.equal(broken.read("a", true), true);
});

test("figures that a run does not have are left out", () => {
  const messages = new Messages({ "model.name": "Model", "model.mnist_test": "MNIST" }, "en");

  assert.deepEqual(figuresOf({}, messages), [["Model", ""]]);
  assert.deepEqual(
    figuresOf({ run: "r", metrics: { mnist_test: { accuracy: 0.997 }, odd: 3 } }, messages),
    [
      ["Model", "r"],
      ["MNIST", "99.70%"],
    ],
  );
});

test("digits of every script are read, with spaces between them or not", () => {
  for (const text of ["2026", " 20 26", "２０２６", "٢٠٢٦", "۲۰۲۶", "२०२६", "𝟚𝟘𝟚𝟞"]) {
    assert.equal(asciiDigits(text), "2026");
  }
  assert.equal(asciiDigits("0123456789"), "0123456789");
  assert.equal(asciiDigits("٠١٢٣٤٥٦٧٨٩"), "0123456789");
  assert.equal(asciiDigits("7a"), "7a");
});

test("the reason for an answer is the one that decided", () => {
  const reason = (verdict, digitness, share, isDoubtful, isOtherDoubtful = false, isAlone = false) => {
    const digit = { probabilities: [share, 1 - share], doubtful: isDoubtful };
    const digits = [digit, ...(isAlone ? [] : [{ doubtful: isOtherDoubtful }])];
    const thresholds = { not_a_digit: 0.5, digitness: 0.8, confidence: 0.9 };
    return reasonOf({ prediction: { verdict, digits }, digitness, thresholds }, digit);
  };

  assert.equal(reason("digit", 0.9, 0.99, false), "why.plain");
  assert.equal(reason("not_a_digit", 0.3, 0.99, false), "why.refused");
  assert.equal(reason("unsure", 0.7, 0.99, true), "why.score");
  assert.equal(reason("unsure", null, 0.6, true), "why.close");
  assert.equal(reason("unsure", 0.7, 0.6, true), "why.both");
  assert.equal(reason("unsure", 0.9, 0.99, false, true), "why.another");
  assert.equal(reason("unsure", 0.9, 0.99, false), "why.left_out");
  assert.equal(reason("unsure", 0.9, 0.99, true), "why.sign");
  assert.equal(reason("unsure", 0.1, 0.99, true), "why.score");
  assert.equal(reason("unsure", 0.1, 0.99, true, false, true), "why.asked");
});
