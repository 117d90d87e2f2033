/**
 * Read answers out, once the drawing rests: a screen reader must not be flooded while it grows.
 */
const REST = 700; // milliseconds

export class Announcer {
  #region;
  #timer = null;

  /** @param {HTMLElement} region with `aria-live` */
  constructor(region) {
    this.#region = region;
  }

  /** @param {string} sentence replaces one that has not been read yet */
  say(sentence) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#region.textContent = sentence;
    }, REST);
  }

  /** Leave unsaid what has not been read yet, and let the same sentence be read again. */
  hush() {
    clearTimeout(this.#timer);
    this.#region.textContent = "";
  }
}
