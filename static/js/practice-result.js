/** Show how a round went: how many, which ones, and how to go on. */
import { outcomeOf } from "./practice-view.js";

const MARKS = { right: "✓", mended: "✓", wrong: "✗", open: "–" };
const WORDS = {
  right: "practice.was_right",
  mended: "practice.was_mended",
  wrong: "practice.was_wrong",
  open: "practice.was_open",
};

export class PracticeResult {
  #root;
  #messages;

  /**
   * @param {HTMLElement} root has the `data-part`s of templates/practice.html
   * @param {import("./messages.js").Messages} messages
   */
  constructor(root, messages) {
    this.#root = root;
    this.#messages = messages;
  }

  /** @param {import("./practice.js").Practice} practice */
  show({ state, tasks }) {
    const isOver = state === "over";
    const isNew = isOver && this.#root.hidden;
    this.#root.hidden = !isOver;
    if (!isNew) return;
    const count = (outcome) => tasks.filter(({ tries }) => outcomeOf(tries) === outcome).length;
    const facts = { right: count("right"), count: tasks.length };
    this.#write("heading", this.#messages.text("practice.result", facts));
    const mended = count("mended");
    this.#write("mended", mended ? this.#messages.text("practice.mended", { count: mended }) : "");
    this.#part("tasks").replaceChildren(...tasks.map((task) => this.#item(task)));
    this.#part("heading").focus();
  }

  #item({ asked, tries }) {
    const outcome = outcomeOf(tries);
    const item = document.createElement("li");
    item.dataset.outcome = outcome;
    const [number, mark, words] = ["span", "span", "span"].map((tag) => document.createElement(tag));
    number.textContent = asked;
    number.translate = false;
    mark.textContent = MARKS[outcome];
    mark.setAttribute("aria-hidden", "true");
    words.className = "outcome-words";
    words.textContent = this.#messages.text(WORDS[outcome]);
    item.append(mark, number, words);
    return item;
  }

  #write(part, text) {
    this.#part(part).textContent = text;
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}
