import assert from "node:assert/strict";
import test from "node:test";

import { Advisor, evidenceFor } from "../../static/js/practice-advice.js";
import { PracticeGift } from "../../static/js/practice-gift.js";
import { judge } from "../../static/js/practice-judgement.js";
import { makeRound } from "../../static/js/practice-tasks.js";
import { PracticeWords } from "../../static/js/practice-words.js";
import { RequestError } from "../../static/js/prediction-request.js";
import { segmentsOf, withoutSegment } from "../../static/js/stroke-segments.js";

const strokeOf = (...points) => ({
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  t: points.map((_, index) => index),
  p: points.map(() => 0.5),
});
const likely = (digit, confidence = 0.99) => ({
  digit,
  confidence,
  digitness: 0.99,
  probabilities: Array.from({ length: 10 }, (_, one) => (one === digit ? 0.9 : one / 1000)),
});
const answerOf = (text, verdict = "digit", digits = [...text].map((one) => likely(Number(one)))) => ({
  verdict,
  text: verdict === "not_a_digit" ? "" : text,
  confidence: 0.9,
  digits,
});

test("every digit comes in a round, whatever went wrong before", () => {
  for (let time = 0; time < 300; time += 1) {
    const isOnlyDigits = time % 3 === 0;
    const before = makeRound({ isOnlyDigits });
    const first = before.filter(() => Math.random() < 0.5);

    const round = makeRound({ isOnlyDigits, first });

    assert.equal(round.length, 10);
    assert.deepEqual([...new Set(round.join(""))].sort(), [..."0123456789"]);
    assert.deepEqual(round.slice(0, first.length).sort(), [...first].sort());
    assert.ok(round.every((task) => task.length === 1 || task[0] !== "0"));
    assert.deepEqual(round.map(({ length }) => length).sort(), before.map(({ length }) => length).sort());
  }
});

test("a round with numbers begins with a single digit", () => {
  assert.equal(makeRound()[0].length, 1);
});

test("a digit that was read right and surely has nothing to change", () => {
  assert.deepEqual(judge("7", answerOf("7")), {
    isRight: true, isSure: true, isUnsure: false, isDigit: true, read: "7", confidence: 0.9, fault: null,
  });
});

test("of a number, the digit that differs is named", () => {
  const { isRight, fault } = judge("2048", answerOf("2098", "number"));

  assert.equal(isRight, false);
  assert.deepEqual(fault, { kind: "digit", index: 2, asked: "4", read: "9", isLike: true });
});

test("digits that ran together or fell apart are told apart from wrong ones", () => {
  assert.deepEqual(judge("48", answerOf("4")).fault, { kind: "fewer", index: 0, asked: "48", read: "4" });
  assert.equal(judge("4", answerOf("41", "number")).fault.kind, "more");
});

test("an answer in doubt is right, and says what else it may be", () => {
  const judgement = judge("7", answerOf("7", "unsure"));

  assert.deepEqual([judgement.isRight, judgement.isSure], [true, false]);
  const { fault } = judgement;
  assert.deepEqual(fault, { kind: "digit", index: 0, asked: "7", read: "9", isLike: false });
});

test("what is no digit beside them is named, and no digit is blamed for it", () => {
  const leftOut = [{ strokes: [1] }];
  const withMinus = { ...answerOf("7", "unsure"), left_out: leftOut };
  const withSmallOne = { ...answerOf("4", "unsure"), left_out: leftOut };
  const doubtful = { ...likely(7), doubtful: true };

  assert.equal(judge("7", withMinus).fault.kind, "left_out");
  assert.equal(judge("41", withSmallOne).fault.kind, "left_out");
  assert.equal(judge("7", { ...withMinus, digits: [doubtful] }).fault.kind, "digit");
  assert.equal(judge("9", withMinus).fault.kind, "digit");
});

test("a doubt is not said to be certain, right or wrong", () => {
  const words = new PracticeWords({ text: (key) => key, percent: (share) => `${100 * share} %` });
  const said = (judgement) => [words.reading(judgement), words.sureness(judgement)];

  for (const asked of "79") {
    assert.deepEqual(said(judge(asked, answerOf("7", "unsure"))), ["practice.read_perhaps", "90 %"]);
  }
  assert.deepEqual(said(judge("7", answerOf("7"))), ["practice.read", "practice.sure"]);
});

test("of a refused number whose guess is right, no digit is said to be read as another", () => {
  const words = new PracticeWords({ text: (key) => key });
  const change = { kind: "change", place: { x: 0, y: 0 }, stroke: null, strokes: 1 };
  const said = (answer) => words.advice(judge("48", answer), change, "48");

  assert.equal(said(answerOf("48", "not_a_digit")), "practice.also");
  assert.equal(said(answerOf("98", "not_a_digit")), "practice.digit_of practice.change");
});

test("a refusal is not right, though its best guess is what was asked for", () => {
  const judgement = judge("7", answerOf("7", "not_a_digit"));

  assert.deepEqual([judgement.isRight, judgement.isDigit, judgement.read], [false, false, "7"]);
});

test("a stroke has a segment between each two corners", () => {
  const seven = strokeOf([0, 0], [30, 1], [60, 0], [50, 50], [40, 100]);

  const segments = segmentsOf(seven, 100);
  const { part, left } = withoutSegment(seven, segments[0]);

  assert.deepEqual(segments, [{ first: 0, last: 2 }, { first: 2, last: 4 }]);
  assert.deepEqual(part.x, [0, 30, 60]);
  assert.deepEqual(left.map(({ x }) => x), [[60, 50, 40]]);
  assert.equal(segmentsOf(strokeOf([0, 0], [1, 50], [0, 100]), 100).length, 1);
});

test("evidence is told for a place of the drawing", () => {
  const strength = evidenceFor([[1, 0], [0, 0]], [[0, 0], [0, 2]], { x: 100, y: 0, width: 50, height: 50 });

  assert.equal(strength({ x: 112.5, y: 12.5 }), 1);
  assert.equal(strength({ x: 137.5, y: 37.5 }), -2);
});

const SEVEN = strokeOf([0, 0], [30, 0], [60, 0], [50, 50], [40, 100]);
const TOP = [[3, 3], [0, 0]];
const NOTHING = [[0, 0], [0, 0]];
const explain = async () => ({
  evidence: Array.from({ length: 10 }, (_, digit) => (digit === 7 ? TOP : NOTHING)),
  frame: { x: 0, y: 0, width: 100, height: 100 },
});
const DIGIT = { strokes: [0], box: { x: 0, y: 0, width: 60, height: 100 } };
const FAULT = { kind: "digit", index: 0, asked: "1", read: "7", isLike: true };

test("what is left out is what the network says would help", async () => {
  const read = async (strokes) => (strokes.length === 1 && strokes[0].x[0] === 60 ? "1" : "7");

  const advice = await new Advisor({ explain, read }).advise({ strokes: [SEVEN] }, DIGIT, FAULT);

  assert.equal(advice.kind, "leave_out");
  assert.deepEqual(advice.part[0].x, [0, 30, 60]);
  assert.ok(advice.place.y < 0.1);
});

test("where nothing helps, the part with the evidence is shown", async () => {
  const advisor = new Advisor({ explain, read: async () => "7" });

  const advice = await advisor.advise({ strokes: [SEVEN] }, DIGIT, FAULT);

  assert.equal(advice.kind, "change");
  assert.ok(Math.max(...advice.part.flatMap(({ y }) => y)) < 70);
  const unlike = { ...FAULT, isLike: false };
  assert.equal(await advisor.advise({ strokes: [SEVEN] }, DIGIT, unlike), null);
});

test("of a point alone, where no piece of ink can be marked, nothing is said", async () => {
  const small = strokeOf([0, 0], [5, 0], [9, 9]);
  const map = Array.from({ length: 10 }, () => Array(10).fill(0));
  const peak = map.map((row, at) => (at === 0 ? [3, ...row.slice(1)] : row));
  const explainPoint = async () => ({
    evidence: Array.from({ length: 10 }, (_, digit) => (digit === 7 ? peak : map)),
    frame: { x: -0.5, y: -0.5, width: 10, height: 10 },
  });
  const advisor = new Advisor({ explain: explainPoint, read: async () => "7" });
  const digit = { strokes: [0], box: { x: 0, y: 0, width: 9, height: 9 } };

  assert.equal(await advisor.advise({ strokes: [small] }, digit, FAULT), null);
});

test("only a part of a digit is ever to be added, not a whole one", async () => {
  const asked = [];
  const read = async (strokes) => {
    asked.push(strokes.length);
    return strokes.length === 2 ? "0" : "7";
  };

  for (const digit of ["0", "4"]) {
    const fault = { ...FAULT, asked: digit };
    await new Advisor({ explain, read }).advise({ strokes: [SEVEN] }, DIGIT, fault);
  }

  assert.deepEqual(asked.filter((count) => count > 1), [2, 2]); // the two strokes of a 4
});

test("without evidence, what would help is still found, or nothing is said", async () => {
  const refuse = async () => Promise.reject(new Error("404"));
  const read = async (strokes) => (strokes[0].x[0] === 60 ? "1" : "7");

  const found = await new Advisor({ explain: refuse, read }).advise({ strokes: [SEVEN] }, DIGIT, FAULT);
  const none = await new Advisor({ explain: refuse, read: async () => "" }).advise(
    { strokes: [SEVEN] }, DIGIT, FAULT,
  );

  assert.equal(found.kind, "leave_out");
  assert.equal(none, null);
});

test("a drawing whose answer was lost is taken back, too", async () => {
  const [sent, gone] = [[], []];
  const gift = new PracticeGift({
    send: async (given) => {
      sent.push(given.prediction);
      if (sent.length === 1) throw new RequestError("lost"); // it may be kept all the same
      return { id: given.prediction, token: "t" };
    },
    takeBack: async ({ id }) => gone.push(id),
    messages: { text: (key) => key },
  });
  gift.isAllowed = true;
  gift.give({ asked: "7", drawing: {}, answer: { id: "one" } });
  await new Promise((resolve) => gift.addEventListener("change", resolve, { once: true }));
  gift.isAllowed = false;
  const before = gift.mayBeKept;

  await gift.takeAllBack();

  assert.deepEqual([before, gift.mayBeKept], [true, false]);
  assert.deepEqual([sent, gone], [["one", "one"], ["one"]]);
  assert.equal(gift.sentence, "gift.taken_back");
});
