/** One of the two runs of a trial: which one it is, and its answer or why it has none. */
import { AnswerView } from "../answer-view.js";
import { BarsView } from "../bars-view.js";
import { DigitChoice } from "../digit-choice.js";
import { PicturesView } from "../pictures-view.js";

export class TrialSide {
  #view;
  #answer;
  #problem;
  #choice;
  #digits = new DigitChoice();

  /**
   * @param {HTMLElement} root has a select and the `data-part`s problem, answer, bars and pictures
   * @param {import("../messages.js").Messages} messages
   */
  constructor(root, messages) {
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    const choice = this.#digits;
    this.#choice = root.querySelector("select");
    this.#problem = part("problem");
    this.#answer = part("answer");
    this.#view = new AnswerView(this.#answer, messages, choice);
    new BarsView(part("bars"), choice, messages);
    new PicturesView(part("pictures"), choice, messages);
    this.clear();
  }

  /** @returns {DigitChoice} the digits of its answer */
  get digits() {
    return this.#digits;
  }

  /** @returns {string} the name of the run */
  get run() {
    return this.#choice.value;
  }

  /** @param {() => void} listener called when another run is chosen */
  onChoice(listener) {
    this.#choice.addEventListener("change", listener);
  }

  /** @param {boolean} isPending whether what is shown is about an earlier drawing */
  set isPending(isPending) {
    this.#view.isPending = isPending;
  }

  /** Show that nothing is drawn. */
  clear() {
    this.#problem.textContent = "";
    this.#answer.hidden = false;
    this.#view.clear();
  }

  /**
   * @param {{answer?: object, problem?: string}} told by the server
   * @param {boolean} isLatest whether it is about the drawing as it is
   */
  show({ answer, problem }, isLatest) {
    this.#problem.textContent = problem ?? "";
    this.#answer.hidden = answer === undefined;
    if (answer !== undefined) this.#view.show(answer, isLatest);
  }

  /** @param {{answer?: object, problem?: string}} told @returns {string} for a screen reader */
  spoken({ answer, problem }) {
    return problem ?? this.#view.spoken(answer);
  }
}
