/**
 * The drawing: its strokes, its inked cells, and how to undo, redo, erase and clear them.
 *
 * It knows neither page nor server. Every change dispatches "change" with `detail.kind`: "grow" (a
 * stroke goes on), "add" (ink was added), "drop" (ink was taken away), "erase" (the same, and more of
 * it will follow), "undo", "redo", "clear", "restore", "follow" (another tab's), and "mode" (the same
 * ink shall be read in another way).
 */
import { CELLS_PER_SIDE, cellsUnder, middleOfCell, strokesFromCells } from "./cells.js";
import { ERASER_RADIUS, eraseFrom, passedBetween } from "./eraser.js";
import { historyFrom, historyToMemory } from "./history.js";
import { SIDE } from "./stroke.js";

const HISTORY_LENGTH = 200; // steps
const EMPTY = Object.freeze({ strokes: [], cells: [] });
const CELL = SIDE / CELLS_PER_SIDE;

export class Drawing extends EventTarget {
  #present = EMPTY;
  #past = [];
  #future = [];
  #undone = []; // what could be redone until the newest stroke was added
  #mode = "auto";
  #isErased = false; // something was erased since the eraser touched the sheet

  /** @returns {import("./stroke.js").Stroke[]} the ink of pen and cells */
  get strokes() {
    return [...this.#present.strokes, ...strokesFromCells(this.#present.cells)];
  }

  /** @returns {readonly number[]} cells with ink in them, row * CELLS_PER_SIDE + column */
  get cells() {
    return [...new Set([...this.#present.cells, ...cellsUnder(this.#present.strokes)])];
  }

  get isEmpty() {
    return this.#present.strokes.length === 0 && this.#present.cells.length === 0;
  }

  /** @param {string} mode of the contract: what the strokes shall be read as */
  set mode(mode) {
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.#tell("mode");
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  /** Add a stroke that may still grow; call `grow` when it does. */
  add(stroke) {
    this.#undone = this.#future;
    this.#become({ ...this.#present, strokes: [...this.#present.strokes, stroke] }, "add");
  }

  /** Tell that the newest stroke has got more points. */
  grow() {
    this.#tell("grow");
  }

  /** Take back the newest stroke as if it had never been, as when it was the palm's. */
  drop(stroke) {
    // It may be gone already: a person can undo while it grows.
    if (this.#present.strokes.at(-1) !== stroke) return;
    this.#present = this.#past.pop() ?? EMPTY;
    this.#future = this.#undone;
    this.#tell("drop");
  }

  /** Begin to erase: all that `erase` takes away from here on is one step to undo. */
  beginErasing() {
    this.#isErased = false;
  }

  /** Take away the ink between two points, as an eraser does that goes from one to the other. */
  erase(from, to) {
    const isPassed = passedBetween(from, to);
    const isCellPassed = passedBetween(from, to, ERASER_RADIUS + CELL / 2);
    this.#takeAway("erase", isPassed, (cell) => isCellPassed(middleOfCell(cell)));
  }

  /** Put ink in a cell, or take out what is there. @param {number} cell */
  toggleCell(cell) {
    if (this.cells.includes(cell)) this.#wipe(cell);
    else this.#become({ ...this.#present, cells: [...this.#present.cells, cell] }, "add");
  }

  /** Put ink in a cell, whatever it held. @param {number} cell */
  inkCell(cell) {
    if (!this.#present.cells.includes(cell)) {
      this.#become({ ...this.#present, cells: [...this.#present.cells, cell] }, "add");
    }
  }

  undo() {
    this.#step(this.#past, this.#future, "undo");
  }

  redo() {
    this.#step(this.#future, this.#past, "redo");
  }

  clear() {
    if (!this.isEmpty) this.#become(EMPTY, "clear");
  }

  /** Begin a new sheet: nothing is drawn, and nothing can be undone. */
  reset() {
    [this.#past, this.#present, this.#future] = [[], EMPTY, []];
    this.#tell("clear");
  }

  /** @returns {{strokes: object[], mode: string}} what the server reads */
  toDocument() {
    return { strokes: this.strokes, mode: this.#mode };
  }

  /** @returns {object} what `restore` and `follow` read */
  toMemory() {
    const [past, present, future] = [this.#past, this.#present, this.#future];
    return historyToMemory({ past, present, future });
  }

  /** Take up a remembered drawing. @param {unknown} memory anything; what is unusable is ignored */
  restore(memory) {
    const history = historyFrom(memory);
    if (history === null) return;
    ({ past: this.#past, present: this.#present, future: this.#future } = history);
    this.#tell("restore");
  }

  /** Show what was drawn elsewhere; undo brings back what was here. @param {unknown} memory */
  follow(memory) {
    this.#become(historyFrom(memory)?.present ?? EMPTY, "follow");
  }

  #wipe(cell) {
    this.beginErasing();
    const { x, y } = middleOfCell(cell);
    const isInside = (point) => Math.max(Math.abs(point.x - x), Math.abs(point.y - y)) <= CELL / 2;
    this.#takeAway("drop", isInside, (other) => other === cell);
  }

  #takeAway(kind, isErased, isCellErased) {
    const { strokes, cells } = this.#present;
    const left = strokes.flatMap((stroke) => eraseFrom(stroke, isErased));
    const cellsLeft = cells.filter((cell) => !isCellErased(cell));
    const isSame = left.length === strokes.length && left.every((one, at) => one === strokes[at]);
    if (isSame && cellsLeft.length === cells.length) return;
    // The first thing erased makes the step to undo, what follows belongs to it.
    if (this.#isErased) this.#present = this.#past.pop();
    this.#become({ strokes: left, cells: cellsLeft }, kind);
    this.#isErased = true;
  }

  #become(next, kind) {
    this.#isErased = false;
    this.#past = [...this.#past, this.#present].slice(-HISTORY_LENGTH);
    this.#future = [];
    this.#present = next;
    this.#tell(kind);
  }

  #step(from, to, kind) {
    if (from.length === 0) return;
    this.#isErased = false;
    to.push(this.#present);
    this.#present = from.pop();
    this.#tell(kind);
  }

  #tell(kind) {
    this.dispatchEvent(new CustomEvent("change", { detail: { kind } }));
  }
}
