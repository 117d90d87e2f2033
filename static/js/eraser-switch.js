/** The button that makes an eraser of the pen, until it is pressed again. */
export class EraserSwitch extends EventTarget {
  #button;

  /** @param {HTMLButtonElement} button */
  constructor(button) {
    super();
    this.#button = button;
    button.addEventListener("click", () => this.turn());
  }

  /** @returns {boolean} whether pointers erase */
  get isOn() {
    return this.#button.getAttribute("aria-pressed") === "true";
  }

  turn() {
    this.#button.setAttribute("aria-pressed", String(!this.isOn));
    this.dispatchEvent(new Event("change"));
  }
}
