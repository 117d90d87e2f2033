import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { AnswerLoop } from "../../static/js/answer-loop.js";
import { RequestError } from "../../static/js/prediction-request.js";

/** A server whose answers come when the test says so. */
function server() {
  const requests = [];
  const send = (drawing, signal) =>
    new Promise((resolve, reject) => {
      const request = { drawing, signal, resolve, reject };
      signal.addEventListener("abort", () => reject(new RequestError("lost")));
      requests.push(request);
    });
  const loop = new AnswerLoop(send);
  const heard = [];
  for (const type of ["answer", "slow", "failure", "retry"]) {
    loop.addEventListener(type, ({ detail }) => heard.push({ type, ...detail }));
  }
  return { loop, requests, heard };
}

const settle = async () => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

function withTimers(name, body) {
  test(name, async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      await body();
    } finally {
      mock.timers.reset();
    }
  });
}

withTimers("one request is on its way and only the newest drawing waits", async () => {
  const { loop, requests, heard } = server();

  loop.ask("one");
  loop.ask("two");
  loop.ask("three");
  const atOnce = requests.length;
  requests[0].resolve("1");
  await settle();
  mock.timers.tick(200);

  assert.equal(atOnce, 1);
  assert.deepEqual(requests.map(({ drawing }) => drawing), ["one", "three"]);
  assert.deepEqual(heard, [{ type: "answer", answer: "1", isLatest: false }]);
});

withTimers("what was forgotten is never heard of", async () => {
  const { loop, requests, heard } = server();
  loop.ask("one");

  loop.forget();
  loop.ask("two");
  requests[0].resolve("1");
  await settle();
  requests[1].resolve("2");
  await settle();

  assert.equal(requests[0].signal.aborted, true);
  assert.deepEqual(heard, [{ type: "answer", answer: "2", isLatest: true }]);
});

withTimers("a lost request is tried again with twice the pause each time", async () => {
  const { loop, requests, heard } = server();
  loop.ask("one");

  for (const seconds of [1, 2, 4]) {
    requests.at(-1).reject(new RequestError("lost"));
    await settle();
    mock.timers.tick(seconds * 1000);
    await settle();
  }

  assert.equal(requests.length, 4);
  const pauses = heard.filter(({ type }) => type === "failure").map(({ seconds }) => seconds);
  assert.deepEqual(pauses, [1, 2, 4]);
});

withTimers("the pause never passes half a minute", async () => {
  const { loop, requests, heard } = server();
  loop.ask("one");

  for (let failure = 0; failure < 9; failure += 1) {
    requests.at(-1).reject(new RequestError("lost"));
    await settle();
    mock.timers.tick(30_000);
    await settle();
  }

  assert.equal(heard.findLast(({ type }) => type === "failure").seconds, 30);
});

withTimers("a connection that is back is used at once", async () => {
  const { loop, requests } = server();
  loop.ask("one");
  requests[0].reject(new RequestError("lost"));
  await settle();
  mock.timers.tick(200);

  loop.retryNow();

  assert.equal(requests.length, 2);
});

withTimers("a time that the server has named is waited for, whatever happens", async () => {
  const { loop, requests } = server();
  loop.ask("one");
  requests[0].reject(new RequestError("refused", { status: 429, retryAfter: 7 }));
  await settle();

  loop.retryNow();
  loop.ask("two");
  mock.timers.tick(6_900);
  const early = requests.length;
  mock.timers.tick(200);

  assert.equal(early, 1);
  assert.equal(requests[1].drawing, "two");
});

withTimers("a refusal is not repeated", async () => {
  const { loop, requests, heard } = server();
  loop.ask("one");

  requests[0].reject(new RequestError("refused", { status: 422, detail: "no" }));
  await settle();
  mock.timers.tick(60_000);

  assert.equal(requests.length, 1);
  assert.equal(heard[0].seconds, null);
});

withTimers("a slow answer is told of, and given up after ten seconds", async () => {
  const { loop, requests, heard } = server();
  loop.ask("one");

  mock.timers.tick(2_000);
  const early = heard.map(({ type }) => type);
  mock.timers.tick(8_000);
  await settle();

  assert.deepEqual(early, ["slow"]);
  assert.equal(requests[0].signal.aborted, true);
  assert.equal(heard[1].type, "failure");
});
