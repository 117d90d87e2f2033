import assert from "node:assert/strict";
import { test } from "node:test";

import { Correction } from "../../static/js/correction.js";
import { Messages } from "../../static/js/messages.js";
import { RequestError } from "../../static/js/prediction-request.js";

const answer = (id) => ({ id, text: "1", verdict: "digit", confidence: 0.9, model: { run: "r" } });
const subject = (id) => ({ answer: answer(id), drawing: { strokes: [{ x: [1], y: [1] }], mode: "auto" } });

/** A correction whose server does what `outcomes` say, one after the other. */
function made(...outcomes) {
  const sent = [];
  const act = async (given) => {
    sent.push(given);
    const outcome = outcomes.shift();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const correction = new Correction({ send: act, takeBack: act, messages: new Messages({}, "en") });
  return { correction, sent };
}

test("without an answer nothing can be said", async () => {
  const { correction, sent } = made({ id: "i", token: "t" });

  correction.toggle();
  await correction.say("7");

  assert.deepEqual([correction.state, sent], ["nothing", []]);
});

test("what is said goes along with the drawing and the answer", async () => {
  const { correction, sent } = made({ id: "i", token: "t" });
  correction.about(subject("a"));

  await correction.say("7");

  assert.equal(correction.state, "kept");
  assert.deepEqual(sent, [
    {
      prediction: "a",
      label: "7",
      strokes: [{ x: [1], y: [1] }],
      mode: "auto",
      answer: { text: "1", verdict: "digit", confidence: 0.9, run: "r" },
    },
  ]);
});

test("the thanks stay while the drawing changes, and go with the next answer", async () => {
  const { correction } = made({ id: "i", token: "t" });
  correction.about(subject("a"));
  await correction.say("7");

  correction.about(null);
  const between = correction.state;
  correction.about(subject("b"));

  assert.deepEqual([between, correction.state], ["kept", "offered"]);
});

test("what was not sent is sent again as it was, whatever is drawn meanwhile", async () => {
  const { correction, sent } = made(new RequestError("lost"), { id: "i", token: "t" });
  correction.about(subject("a"));
  await correction.say("7");
  const first = correction.state;

  correction.about(null);
  correction.about(subject("b"));
  await correction.sendAgain();

  assert.deepEqual([first, correction.state], ["failed", "kept"]);
  assert.deepEqual(sent[1], sent[0]);
});

test("an answer that comes while a correction is on its way does not lose it", async () => {
  const { correction } = made({ id: "i", token: "t" });
  correction.about(subject("a"));

  const saying = correction.say("7");
  correction.about(subject("b"));
  const meanwhile = correction.state;
  await saying;

  assert.deepEqual([meanwhile, correction.state], ["sending", "kept"]);
});

test("what cannot be taken back can be tried again, and what is gone already is taken back", async () => {
  const gone = new RequestError("refused", { status: 404 });
  const { correction, sent } = made({ id: "i", token: "t" }, new RequestError("lost"), gone);
  correction.about(subject("a"));
  await correction.say("7");

  await correction.takeBack();
  const first = correction.state;
  await correction.takeBack();
  await correction.takeBack();

  assert.deepEqual([first, correction.state], ["kept", "taken"]);
  assert.equal(sent.length, 3);
});

test("a double click takes back once", async () => {
  const { correction, sent } = made({ id: "i", token: "t" }, null, new RequestError("lost"));
  correction.about(subject("a"));
  await correction.say("7");

  await Promise.all([correction.takeBack(), correction.takeBack()]);

  assert.deepEqual([correction.state, sent.length], ["taken", 2]);
});

test("while something is taken back nothing else can be said, which it would deny", async () => {
  const { correction } = made({ id: "i", token: "t" }, null);
  correction.about(subject("a"));
  await correction.say("7");

  const taking = correction.takeBack();
  correction.toggle();
  const meanwhile = correction.state;
  await taking;

  assert.deepEqual([meanwhile, correction.state], ["sending", "taken"]);
});

test("who leaves it is offered the present answer", async () => {
  const { correction } = made(new RequestError("lost"));
  correction.about(subject("a"));
  await correction.say("7");

  correction.leave();
  await correction.sendAgain();

  assert.equal(correction.state, "offered");
});
