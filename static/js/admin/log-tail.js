/** A log that grows: what is new is added at its end, which stays in sight if it was. */
export class LogTail {
  #element;
  #next;

  /** @param {HTMLElement} element a scrolling `<pre>`; `data-next` says how far it has been read */
  constructor(element) {
    this.#element = element;
    this.#next = Number(element.dataset.next);
    this.#showEnd();
  }

  /** @returns {number} from where to read on, in bytes */
  get next() {
    return this.#next;
  }

  /** @param {{text: string, next: number, is_anew: boolean}} part of the log */
  add({ text, next, is_anew: isAnew }) {
    const wasAtEnd = this.#isAtEnd();
    if (isAnew) this.#element.textContent = "";
    this.#element.append(text);
    this.#element.hidden = this.#element.textContent === "";
    this.#next = next;
    if (wasAtEnd) this.#showEnd();
  }

  #isAtEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.#element;
    return scrollHeight - scrollTop - clientHeight < 8;
  }

  #showEnd() {
    this.#element.scrollTop = this.#element.scrollHeight;
  }
}
