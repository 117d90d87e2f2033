import assert from "node:assert/strict";
import { test } from "node:test";

import { Contacts } from "../../static/js/contacts.js";

const touch = (pointerId, { size = 20, timeStamp = 0, isPrimary = pointerId === 1 } = {}) => ({
  pointerType: "touch",
  type: "pointerdown",
  pointerId,
  isPrimary,
  timeStamp,
  width: size,
  height: size,
});
const pen = (timeStamp, buttons, type = "pointermove") => ({
  pointerType: "pen",
  type,
  timeStamp,
  buttons,
});

test("one finger draws, two make a gesture until both are gone", () => {
  const contacts = new Contacts();

  const landed = [contacts.land(touch(1)), contacts.land(touch(2)), contacts.land(touch(3))];
  contacts.lift(touch(1));
  contacts.lift(touch(3));
  landed.push(contacts.land(touch(4)));
  contacts.lift(touch(2));
  contacts.lift(touch(4));
  landed.push(contacts.land(touch(5)));

  assert.deepEqual(landed, ["draws", "gesture", "gesture", "gesture", "draws"]);
});

test("a broad touch alone draws, and beside a finger it is a palm, whichever came first", () => {
  const board = new Contacts();
  const before = new Contacts();
  const after = new Contacts();

  assert.equal(board.land(touch(1, { size: 200 })), "draws");
  before.land(touch(1, { size: 200 }));
  assert.equal(before.land(touch(2)), "draws");
  after.land(touch(1));
  assert.equal(after.land(touch(2, { size: 200 })), "palm");
});

test("a touch whose end was never told holds nobody up", () => {
  const contacts = new Contacts();

  contacts.land(touch(1));

  assert.equal(contacts.land(touch(2, { isPrimary: true })), "draws");
});

test("fingers rest beside a pen that wrote, and beside one that hovers", () => {
  const wrote = new Contacts();
  const hovers = new Contacts();
  const left = new Contacts();

  wrote.watch(pen(1000, 1));
  hovers.watch(pen(1000, 0));
  left.watch(pen(1000, 0));
  left.watch(pen(1010, 0, "pointerleave"));

  assert.equal(wrote.land(touch(1, { timeStamp: 3500 })), "rests");
  assert.equal(wrote.land(touch(1, { timeStamp: 9000 })), "draws");
  assert.equal(hovers.land(touch(1, { timeStamp: 1100 })), "rests");
  assert.equal(hovers.land(touch(1, { timeStamp: 1700 })), "draws");
  assert.equal(left.land(touch(1, { timeStamp: 1020 })), "draws");
});
