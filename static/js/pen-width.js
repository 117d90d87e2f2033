/**
 * The choice of pen width: radio buttons, and a key that goes round them.
 *
 * It changes how ink looks, never the answer.
 */
export class PenWidth extends EventTarget {
  #inputs;

  /** @param {HTMLInputElement[]} inputs radio buttons, whose values are widths */
  constructor(inputs) {
    super();
    this.#inputs = inputs;
    for (const input of inputs) input.addEventListener("change", () => this.#tell());
  }

  /** @returns {number} thousandths of the pad's side */
  get value() {
    return Number(this.#inputs.find((input) => input.checked).value);
  }

  /** @param {number} width one that has no button is ignored */
  set value(width) {
    const input = this.#inputs.find((one) => Number(one.value) === width);
    if (input === undefined) return;
    input.checked = true;
    this.#tell();
  }

  /** @returns {string} as a person reads it */
  get name() {
    return this.#inputs.find((input) => input.checked).getAttribute("aria-label");
  }

  next() {
    const index = this.#inputs.findIndex((input) => input.checked);
    this.value = Number(this.#inputs[(index + 1) % this.#inputs.length].value);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
