/**
 * Draw without a pointer: a grid of cells over the pad, driven by arrow keys and space.
 *
 * Arrows move, space or Enter inks a cell or wipes it, Shift with an arrow draws a line. One cell
 * at a time is in the tab order; each is named by its row and column, and a screen reader says
 * whether it is selected (inked).
 */
import { cellAfter, CELL_COUNT, CELLS_PER_SIDE } from "./cells.js";

const MIDDLE = Math.floor(CELLS_PER_SIDE / 2) * (CELLS_PER_SIDE + 1);

export class CellEditor {
  #grid;
  #drawing;
  #messages;
  #cells = [];
  #active = MIDDLE;

  /**
   * @param {HTMLElement} grid an empty element with role "grid"
   * @param {import("./drawing.js").Drawing} drawing
   * @param {import("./messages.js").Messages} messages
   */
  constructor(grid, drawing, messages) {
    this.#grid = grid;
    this.#drawing = drawing;
    this.#messages = messages;
    grid.addEventListener("keydown", this.#onKey);
    grid.addEventListener("click", this.#onClick);
    drawing.addEventListener("change", () => this.#refresh());
  }

  get isOpen() {
    return !this.#grid.hidden;
  }

  /** Show the grid and put the focus on the cell it was on last. */
  open() {
    if (this.#cells.length === 0) this.#build();
    this.#grid.hidden = false;
    this.#refresh();
    this.#cells[this.#active].focus();
  }

  close() {
    this.#grid.hidden = true;
  }

  #build() {
    for (let row = 0; row < CELLS_PER_SIDE; row += 1) {
      const line = withRole("row");
      for (let column = 0; column < CELLS_PER_SIDE; column += 1) line.append(withRole("gridcell"));
      this.#cells.push(...line.children);
      this.#grid.append(line);
    }
    for (const cell of this.#cells) cell.tabIndex = -1;
    this.#cells[this.#active].tabIndex = 0;
  }

  #refresh() {
    if (!this.isOpen || this.#cells.length === 0) return;
    const inked = new Set(this.#drawing.cells);
    for (let index = 0; index < CELL_COUNT; index += 1) {
      const isInked = inked.has(index);
      this.#cells[index].setAttribute("aria-selected", String(isInked));
      this.#cells[index].setAttribute("aria-label", this.#nameOf(index, isInked));
    }
  }

  #nameOf(index, isInked) {
    return this.#messages.text(isInked ? "cells.inked" : "cells.name", {
      row: Math.floor(index / CELLS_PER_SIDE) + 1,
      column: (index % CELLS_PER_SIDE) + 1,
    });
  }

  #onKey = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const target = cellAfter(this.#active, event.key);
    if (target !== null) this.#moveTo(target, event.shiftKey);
    else if (event.key === " " || event.key === "Enter") this.#drawing.toggleCell(this.#active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #moveTo(target, isDrawing) {
    if (isDrawing) {
      this.#drawing.inkCell(this.#active);
      this.#drawing.inkCell(target);
    }
    this.#cells[this.#active].tabIndex = -1;
    this.#active = target;
    this.#cells[target].tabIndex = 0;
    this.#cells[target].focus();
  }

  #onClick = (event) => {
    const index = this.#cells.indexOf(event.target);
    if (index < 0) return;
    this.#moveTo(index, false);
    this.#drawing.toggleCell(index);
  };
}

function withRole(role) {
  const element = document.createElement("div");
  element.setAttribute("role", role);
  return element;
}
