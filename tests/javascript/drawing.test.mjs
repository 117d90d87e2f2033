import assert from "node:assert/strict";
import { test } from "node:test";

import { Drawing } from "../../static/js/drawing.js";
import { addPoint, emptyStroke, isStroke } from "../../static/js/stroke.js";

const dot = (x) => ({ x: [x], y: [1], t: [0], p: [0.5] });
const drawn = (...xs) => {
  const drawing = new Drawing();
  for (const x of xs) drawing.add(dot(x));
  return drawing;
};
const firstXs = (drawing) => drawing.strokes.map(({ x }) => x[0]);

test("undo and redo walk through strokes, cells and clear", () => {
  const drawing = drawn(1, 2);
  drawing.toggleCell(5);
  drawing.clear();

  drawing.undo();
  const uncleared = drawing.strokes.length;
  drawing.undo();
  drawing.undo();
  drawing.redo();

  assert.equal(uncleared, 3);
  assert.deepEqual(firstXs(drawing), [1, 2]);
});

test("a cell that is wiped takes ink away, which is told apart from adding it", () => {
  const drawing = new Drawing();
  const kinds = [];
  drawing.addEventListener("change", ({ detail }) => kinds.push(detail.kind));

  drawing.toggleCell(5);
  drawing.toggleCell(5);

  assert.deepEqual(kinds, ["add", "drop"]);
});

test("new ink forgets what was undone", () => {
  const drawing = drawn(1, 2);

  drawing.undo();
  drawing.add(dot(3));

  assert.equal(drawing.canRedo, false);
  assert.deepEqual(firstXs(drawing), [1, 3]);
});

test("a dropped stroke leaves no step to undo", () => {
  const drawing = drawn(1);

  const palm = dot(2);
  drawing.add(palm);
  drawing.drop(palm);
  drawing.undo();

  assert.equal(drawing.isEmpty, true);
  assert.equal(drawing.canUndo, false);
});

test("a stroke that was undone while it grew is not dropped a second time", () => {
  const drawing = drawn(1);
  const palm = dot(2);
  drawing.add(palm);

  drawing.undo();
  drawing.drop(palm);

  assert.deepEqual(firstXs(drawing), [1]);
});

test("a remembered drawing comes back stroke by stroke, without what is broken", () => {
  const drawing = new Drawing();

  drawing.restore({ strokes: [dot(1), { x: [1] }, null, dot(2)], cells: [3, 3, -1, 9999, "4"] });
  const cells = drawing.cells;
  drawing.undo();

  assert.deepEqual(cells, [3]);
  assert.deepEqual(firstXs(drawing), [1]);
});

test("what is no drawing restores nothing", () => {
  for (const memory of [null, undefined, 7, "x", [], { strokes: 1, cells: {} }]) {
    const drawing = new Drawing();

    drawing.restore(memory);

    assert.equal(drawing.isEmpty, true);
  }
});

test("a point that has not moved is left out and pressure stays between 0 and 1", () => {
  const stroke = emptyStroke();

  assert.equal(addPoint(stroke, { x: 1.02, y: 2, t: 0.4, p: 7 }), true);
  assert.equal(addPoint(stroke, { x: 1.04, y: 2, t: 9, p: 0 }), false);

  assert.deepEqual(stroke, { x: [1], y: [2], t: [0], p: [1] });
});

test("a stroke has four columns of finite numbers and of one length", () => {
  assert.equal(isStroke(dot(1)), true);
  for (const broken of [null, {}, { ...dot(1), t: [] }, { ...dot(1), p: [null] }, emptyStroke()]) {
    assert.equal(isStroke(broken), false);
  }
});
