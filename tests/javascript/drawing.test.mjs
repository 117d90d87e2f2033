import assert from "node:assert/strict";
import { test } from "node:test";

import { fittedStrokes } from "../../static/js/admin/fitted-strokes.js";
import { cellsUnder } from "../../static/js/cells.js";
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

test("what could be redone before a palm's stroke still can", () => {
  const drawing = drawn(1, 2);
  drawing.undo();

  const palm = dot(3);
  drawing.add(palm);
  drawing.drop(palm);
  drawing.redo();

  assert.deepEqual(firstXs(drawing), [1, 2]);
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
  const { cells } = drawing.toMemory();
  drawing.undo();

  assert.deepEqual(cells, [3]);
  assert.deepEqual(firstXs(drawing), [1]);
});

test("undo and redo go on where they were after a drawing was remembered", () => {
  const drawing = drawn(1, 2, 3);
  drawing.toggleCell(5);
  drawing.undo();
  drawing.undo();
  const again = new Drawing();

  again.restore(JSON.parse(JSON.stringify(drawing.toMemory())));
  const restored = firstXs(again);
  again.redo();
  again.redo();
  const redone = again.toMemory().cells;
  for (let step = 0; step < 4; step += 1) again.undo();

  assert.deepEqual(restored, [1, 2]);
  assert.deepEqual(redone, [5]);
  assert.equal(again.isEmpty, true);
  assert.equal(again.canUndo, false);
});

test("a cleared drawing is remembered with the step that brings it back", () => {
  const drawing = drawn(1);
  drawing.clear();
  const again = new Drawing();

  again.restore(drawing.toMemory());
  again.undo();

  assert.deepEqual(firstXs(again), [1]);
});

for (const broken of [{ past: 7 }, { past: [{ strokes: [99] }] }, { others: ["x"] }, { future: null }]) {
  test(`a history that is broken (${JSON.stringify(broken)}) leaves the strokes`, () => {
    const again = new Drawing();

    again.restore({ ...drawn(1, 2).toMemory(), ...broken });
    again.undo();

    assert.deepEqual(firstXs(again), [1]);
  });
}

test("what another tab drew is shown, and undo brings back what was here", () => {
  const drawing = drawn(1);

  drawing.follow(drawn(7).toMemory());
  const followed = firstXs(drawing);
  drawing.undo();

  assert.deepEqual(followed, [7]);
  assert.deepEqual(firstXs(drawing), [1]);
});

test("the eraser cuts strokes where it passes, and one movement of it is one step", () => {
  const drawing = new Drawing();
  const line = { x: [0, 1000], y: [500, 500], t: [0, 100], p: [0.5, 0.5] };
  drawing.add(line);
  drawing.add({ ...line, y: [900, 900] });

  drawing.beginErasing();
  drawing.erase({ x: 480, y: 400 }, { x: 480, y: 450 });
  const untouched = drawing.strokes.length;
  drawing.erase({ x: 480, y: 450 }, { x: 480, y: 600 });
  drawing.erase({ x: 200, y: 500 }, { x: 200, y: 500 });
  const left = drawing.strokes.map(({ x }) => [x[0], x.at(-1)]);
  drawing.undo();

  assert.equal(untouched, 2);
  assert.equal(left.length, 4);
  assert.equal(left[0][0], 0);
  assert.ok(left[0][1] < 200 && left[1][0] > 200 && left[1][1] < 480 && left[2][0] > 480);
  assert.deepEqual(left[3], [0, 1000]);
  assert.deepEqual(drawing.strokes[0], line);
});

test("a cell tells of the pen's ink under it, and wiping it wipes that", () => {
  const drawing = new Drawing();
  drawing.add({ x: [42, 958], y: [42, 42], t: [0, 1], p: [0.5, 0.5] });
  const inked = [...drawing.cells].sort((one, other) => one - other);

  drawing.toggleCell(5);

  assert.deepEqual(inked, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  assert.equal(drawing.cells.includes(5), false);
  assert.equal(drawing.strokes.length, 2);
  assert.deepEqual(cellsUnder([{ x: [-5, 1200], y: [-5, -5] }]), []);
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

test("strokes of a data set lie in the middle of the pad, in their own proportions", () => {
  const [bar, stem] = fittedStrokes([
    { x: [-50, 150], y: [9000, 9000] },
    { x: [50, 50], y: [9000, 9400] },
  ]);

  assert.deepEqual(bar.x, [325, 675]);
  assert.deepEqual(stem.x, [500, 500]);
  assert.deepEqual([...bar.y, ...stem.y], [150, 150, 150, 850]);
  assert.ok(stem.t[0] > bar.t[1] && isStroke(bar) && isStroke(stem));
});

test("a dot of a data set lies in the middle", () => {
  const [only] = fittedStrokes([{ x: [7], y: [7] }]);

  assert.deepEqual([only.x, only.y], [[500], [500]]);
});
