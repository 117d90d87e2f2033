/**
 * The drawing: its strokes, its inked cells, and how to undo, redo and clear them.
 *
 * It knows neither page nor server. Every change dispatches "change" with `detail.kind`:
 * "grow" (a stroke goes on), "add" (ink was added), "drop" (ink was taken away), "undo", "redo",
 * "clear", "restore", and "mode" (the same ink shall be read in another way).
 */
import { strokesFromCells, CELL_COUNT } from "./cells.js";
import { isStroke } from "./stroke.js";

const HISTORY_LENGTH = 200; // steps
const EMPTY = Object.freeze({ strokes: [], cells: [] });

export class Drawing extends EventTarget {
  #present = EMPTY;
  #past = [];
  #future = [];
  #mode = "auto";

  /** @returns {import("./stroke.js").Stroke[]} the ink of pen and cells */
  get strokes() {
    return [...this.#present.strokes, ...strokesFromCells(this.#present.cells)];
  }

  /** @returns {readonly number[]} the inked cells, row * CELLS_PER_SIDE + column */
  get cells() {
    return this.#present.cells;
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
    this.#tell("drop");
  }

  /** Put ink in a cell, or take it out. @param {number} cell */
  toggleCell(cell) {
    const isInked = this.#present.cells.includes(cell);
    const cells = isInked
      ? this.#present.cells.filter((other) => other !== cell)
      : [...this.#present.cells, cell];
    this.#become({ ...this.#present, cells }, isInked ? "drop" : "add");
  }

  /** Put ink in a cell, whatever it held. @param {number} cell */
  inkCell(cell) {
    if (!this.#present.cells.includes(cell)) this.toggleCell(cell);
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

  /** @returns {{strokes: object[], mode: string}} what the server reads */
  toDocument() {
    return { strokes: this.strokes, mode: this.#mode };
  }

  /** @returns {object} what `restore` reads */
  toMemory() {
    return this.#present;
  }

  /** Take up a remembered drawing. @param {unknown} memory anything; what is unusable is ignored */
  restore(memory) {
    const strokes = Array.isArray(memory?.strokes) ? memory.strokes.filter(isStroke) : [];
    const cells = Array.isArray(memory?.cells) ? [...new Set(memory.cells.filter(isCell))] : [];
    if (strokes.length + cells.length === 0) return;
    this.#past = strokes.map((_, index) => ({ strokes: strokes.slice(0, index), cells: [] }));
    this.#present = { strokes, cells };
    this.#tell("restore");
  }

  #become(next, kind) {
    this.#past = [...this.#past, this.#present].slice(-HISTORY_LENGTH);
    this.#future = [];
    this.#present = next;
    this.#tell(kind);
  }

  #step(from, to, kind) {
    if (from.length === 0) return;
    to.push(this.#present);
    this.#present = from.pop();
    this.#tell(kind);
  }

  #tell(kind) {
    this.dispatchEvent(new CustomEvent("change", { detail: { kind } }));
  }
}

function isCell(value) {
  return Number.isInteger(value) && value >= 0 && value < CELL_COUNT;
}
