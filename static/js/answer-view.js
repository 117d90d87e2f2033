/**
 * Show an answer: the digit large, how sure it is in words and figures, and what lies behind it.
 *
 * Every verdict of the contract has its form: digit, number, unsure, not_a_digit and blank. Bars
 * and picture belong to one digit at a time; with several a person chooses which.
 */
import { confidenceWords, isSure, rankedDigits } from "./confidence.js";

const BLANK = { drawing: "answer.blank", picture: "answer.blank_picture" };

export class AnswerView {
  #root;
  #messages;
  #choice;
  subject = "drawing"; // or "picture": what the answers are about

  /**
   * @param {HTMLElement} root has the `data-part`s verdict, words, figure and model
   * @param {import("./messages.js").Messages} messages
   * @param {import("./digit-choice.js").DigitChoice} choice gets the digits of every answer
   */
  constructor(root, messages, choice) {
    this.#root = root;
    this.#messages = messages;
    this.#choice = choice;
  }

  /**
   * @param {object} answer of the contract
   * @param {boolean} isLatest false where the drawing has changed since it was sent
   */
  show(answer, isLatest) {
    const { text, words, figure } = this.#wording(answer);
    this.#root.dataset.verdict = answer.verdict;
    this.#root.dataset.length = text.length > 1 ? (text.length > 4 ? "long" : "some") : "one";
    this.#root.toggleAttribute("data-several", answer.digits.length > 1);
    this.isPending = !isLatest;
    this.#write("verdict", text);
    this.#write("words", words);
    this.#write("figure", figure);
    this.#write("model", this.#nameOfModel(answer));
    this.#choice.show(answer.digits, answer.left_out);
  }

  /** Show that nothing is drawn. */
  clear() {
    this.show({ verdict: "blank", text: "", digits: [] }, true);
  }

  /** @param {boolean} isPending whether what is shown is about an earlier state of the drawing */
  set isPending(isPending) {
    this.#root.toggleAttribute("data-pending", isPending);
  }

  /** @param {object} answer of the contract @returns {string} a sentence for a screen reader */
  spoken(answer) {
    const { text, words, figure } = this.#wording(answer);
    if (answer.verdict === "unsure" || answer.verdict === "blank") return words;
    if (answer.verdict === "not_a_digit") return `${words} ${figure}`;
    return this.#messages.text("answer.spoken", { text, words, confidence: figure });
  }

  #wording(answer) {
    const forms = {
      blank: () => ({ text: "", words: this.#messages.text(BLANK[this.subject]), figure: "" }),
      not_a_digit: () => ({
        text: "–",
        words: this.#messages.text("answer.not_a_digit"),
        figure: this.#messages.text("answer.guess", { guess: read(answer.digits) }),
      }),
      unsure: () => ({ ...this.#sure(answer), words: this.#doubt(answer) }),
    };
    return forms[answer.verdict]?.() ?? this.#sure(answer);
  }

  #sure({ text, confidence, digits }) {
    return {
      text: text || read(digits),
      words: this.#messages.text(confidenceWords(confidence)),
      figure: this.#messages.percent(confidence),
    };
  }

  /** Name what was left out, or what else it may be: no digit, or what its least sure digit may be. */
  #doubt({ text, digits, left_out: leftOut = [] }) {
    if (leftOut.length > 0) {
      const key = leftOut.length === 1 ? "answer.left_out" : "answer.left_out_several";
      return this.#messages.text(key, { text: text || read(digits), count: String(leftOut.length) });
    }
    const least = Math.min(...digits.map(({ confidence }) => confidence));
    if (isSure(least)) {
      return this.#messages.text("answer.unsure_kind", { text: text || read(digits) });
    }
    const index = digits.findIndex(({ confidence }) => confidence === least);
    const [, second] = rankedDigits(digits[index].probabilities);
    const key = digits.length === 1 ? "answer.unsure" : "answer.unsure_number";
    const facts = { text: text || read(digits), position: index + 1, other: String(second) };
    return this.#messages.text(key, facts);
  }

  #nameOfModel({ model }) {
    return model?.run ? this.#messages.text("answer.model", { run: model.run }) : "";
  }

  #write(part, text) {
    this.#root.querySelector(`[data-part="${part}"]`).textContent = text;
  }
}

/** @param {object[]} digits of an answer @returns {string} as they are read */
function read(digits) {
  return digits.map(({ digit }) => digit).join("");
}
