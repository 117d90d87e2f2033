/** The button that opens and closes the cells, and Escape, which closes them. */
export class CellsSwitch {
  #cells;
  #button;
  #hint;

  /**
   * @param {import("./cell-editor.js").CellEditor} cells
   * @param {{grid: HTMLElement, button: HTMLElement, hint: HTMLElement}} elements of the page
   */
  constructor(cells, { grid, button, hint }) {
    this.#cells = cells;
    this.#button = button;
    this.#hint = hint;
    button.addEventListener("click", () => this.turn());
    grid.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.turn();
    });
  }

  /** Open what is closed, close what is open, and put the focus where one goes on. */
  turn() {
    if (this.#cells.isOpen) {
      this.#cells.close();
      this.#button.focus();
    } else {
      this.#cells.open();
    }
    this.#button.setAttribute("aria-pressed", String(this.#cells.isOpen));
    this.#hint.hidden = !this.#cells.isOpen;
  }
}
