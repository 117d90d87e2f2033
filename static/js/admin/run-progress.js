/** How far a training is, as a bar and the server's sentence. */

export class ProgressView {
  #bar;
  #words;
  #way;
  #messages;

  /**
   * @param {{bar: HTMLProgressElement, words: HTMLElement, way: HTMLElement}} parts
   * @param {import("../messages.js").Messages} messages
   */
  constructor({ bar, words, way }, messages) {
    this.#bar = bar;
    this.#words = words;
    this.#way = way;
    this.#messages = messages;
  }

  /** @param {{words: string, share: number | null}} news */
  show({ words, share }) {
    this.#words.textContent = words;
    // What comes after the last batch takes minutes, and nobody knows how many.
    if (share === null || share >= 1) this.#bar.removeAttribute("value");
    else this.#bar.value = share;
  }

  /** @param {"live" | "polling" | "lost"} way how the page gets its news */
  showWay(way) {
    const words = this.#messages.text(`run.${way}`);
    if (this.#way.textContent !== words) this.#way.textContent = words;
    this.#way.dataset.way = way;
  }
}
