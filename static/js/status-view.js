/**
 * One line that says what the page is doing: the network, an error, a thing just done.
 *
 * The sentence is a live region; the seconds until the next try are shown beside it and not read
 * out, since they change every second.
 */
const FLASH = 4_000; // milliseconds a passing remark stays

export class StatusView {
  #root;
  #sentence;
  #countdown;
  #messages;
  #timer = null;

  /**
   * @param {HTMLElement} root has the `data-part`s sentence and countdown
   * @param {import("./messages.js").Messages} messages
   */
  constructor(root, messages) {
    this.#root = root;
    this.#sentence = root.querySelector("[data-part=sentence]");
    this.#countdown = root.querySelector("[data-part=countdown]");
    this.#messages = messages;
  }

  /**
   * Say something that stays until the next word.
   *
   * @param {string} sentence
   * @param {"remark" | "waiting" | "trouble"} tone the latter two report on the network
   * @param {number | null} seconds until the next try
   */
  say(sentence, tone = "remark", seconds = null) {
    this.#stop();
    this.#root.dataset.tone = tone;
    if (this.#sentence.textContent !== sentence) this.#sentence.textContent = sentence;
    if (seconds !== null) this.#countFrom(Math.ceil(seconds));
  }

  /** Say something that goes away by itself. @param {string} sentence */
  flash(sentence) {
    this.say(sentence);
    this.#timer = setTimeout(() => this.clear(), FLASH);
  }

  clear() {
    this.say("");
  }

  /** Take back what was said about the network, but not a remark. */
  clearReport() {
    if (this.#root.dataset.tone !== "remark") this.clear();
  }

  get isTrouble() {
    return this.#root.dataset.tone === "trouble";
  }

  #countFrom(seconds) {
    let left = seconds;
    const show = () => {
      this.#countdown.textContent = this.#messages.text("network.retry", { seconds: left });
      left = Math.max(1, left - 1);
    };
    show();
    this.#timer = setInterval(show, 1_000);
  }

  #stop() {
    clearTimeout(this.#timer);
    clearInterval(this.#timer);
    this.#countdown.textContent = "";
  }
}
