/**
 * The digits of the newest answer, and the one whose bars and picture are looked at.
 *
 * It dispatches "digits" when there are others, and "choice" when another one is picked among them.
 */
export class DigitChoice extends EventTarget {
  #digits = [];
  #leftOut = [];
  #index = 0;
  #reading = ""; // the digits it was picked among

  /** @returns {object[]} of an answer, in reading order */
  get digits() {
    return this.#digits;
  }

  /** @returns {object[]} of the same answer, ink that is not read as a digit */
  get leftOut() {
    return this.#leftOut;
  }

  /** @returns {number} which one is picked */
  get index() {
    return this.#index;
  }

  /** @returns {object | null} the one that is picked; null where there is none */
  get digit() {
    return this.#digits[this.#index] ?? null;
  }

  /**
   * A newer answer that reads the same keeps the choice.
   * @param {object[]} digits of an answer
   * @param {object[]} leftOut of it
   */
  show(digits, leftOut = []) {
    const reading = digits.map(({ digit }) => digit).join("");
    if (reading !== this.#reading) this.#index = 0;
    this.#reading = reading;
    this.#digits = digits;
    this.#leftOut = leftOut;
    this.dispatchEvent(new Event("digits"));
  }

  /** @param {number} index of a digit */
  choose(index) {
    if (index === this.#index) return;
    this.#index = index;
    this.dispatchEvent(new Event("choice"));
  }
}
