import assert from "node:assert/strict";
import { test } from "node:test";

import { cellAfter, CELLS_PER_SIDE, strokesFromCells } from "../../static/js/cells.js";

const at = (row, column) => row * CELLS_PER_SIDE + column;
const line = (row, columns) => columns.map((column) => at(row, column));

test("a cell alone is a dot in its middle", () => {
  const [stroke] = strokesFromCells([at(0, 0)]);

  assert.equal(stroke.x.length, 1);
  assert.ok(Math.abs(stroke.x[0] - 1000 / CELLS_PER_SIDE / 2) < 1e-9);
});

test("cells in a row are one stroke, in whatever order they were inked", () => {
  const strokes = strokesFromCells(line(3, [5, 2, 4, 3]));

  assert.equal(strokes.length, 1);
  assert.equal(strokes[0].x.length, 4);
});

test("a bend is one stroke and cuts no corner twice", () => {
  const strokes = strokesFromCells([...line(2, [2, 3, 4]), at(3, 4), at(4, 4)]);

  assert.deepEqual(strokes.map(({ x }) => x.length), [5]);
});

test("cells that touch by a corner belong together", () => {
  assert.equal(strokesFromCells([at(1, 1), at(2, 2), at(3, 3)]).length, 1);
});

test("a line is drawn from an end, also where its middle is the highest", () => {
  const arch = [at(3, 1), at(2, 2), at(1, 3), at(2, 4), at(3, 5)];

  assert.equal(strokesFromCells(arch).length, 1);
});

test("cells apart are strokes apart, one after the other", () => {
  const strokes = strokesFromCells([at(1, 1), at(1, 2), at(5, 5), at(5, 6)]);

  assert.equal(strokes.length, 2);
  assert.ok(strokes[0].t.at(-1) < strokes[1].t[0]);
});

test("a ring is one stroke that comes back to where it began", () => {
  const ring = [...line(1, [1, 2, 3]), at(2, 1), at(2, 3), ...line(3, [1, 2, 3])];

  const [stroke, ...others] = strokesFromCells(ring);

  assert.equal(others.length, 0);
  assert.equal(stroke.x[0], stroke.x.at(-1));
  assert.equal(stroke.y[0], stroke.y.at(-1));
});

test("a crossing goes straight on", () => {
  const cross = [...line(3, [1, 2, 3, 4, 5]), at(1, 3), at(2, 3), at(4, 3), at(5, 3)];

  const strokes = strokesFromCells(cross);

  const isStraight = (values) => new Set(values.map(Math.round)).size === 1;
  assert.equal(strokes.length, 2);
  assert.ok(strokes.every(({ x, y }) => isStraight(x) || isStraight(y)));
});

test("columns of every stroke have one length, also with all cells inked", () => {
  const all = Array.from({ length: CELLS_PER_SIDE ** 2 }, (_, cell) => cell);

  for (const { x, y, t, p } of strokesFromCells(all)) {
    assert.deepEqual([y.length, t.length, p.length], [x.length, x.length, x.length]);
    assert.ok([...x, ...y].every((value) => value > 0 && value < 1000));
  }
});

test("arrows stop at the edges and other keys lead nowhere", () => {
  assert.equal(cellAfter(at(0, 0), "ArrowUp"), at(0, 0));
  assert.equal(cellAfter(at(0, 0), "ArrowRight"), at(0, 1));
  assert.equal(cellAfter(at(4, 4), "End"), at(4, CELLS_PER_SIDE - 1));
  assert.equal(cellAfter(at(4, 4), "a"), null);
});
