/**
 * Show an answer: the digit large, how sure it is in words and figures, and what lies behind it.
 *
 * Every verdict of the contract has its form: digit, number, unsure, not_a_digit and blank. Bars
 * and picture belong to one digit at a time; with several a person chooses which.
 */
import { confidenceWords, rankedDigits } from "./confidence.js";

export class AnswerView {
  #root;
  #messages;
  #bars;
  #pictures;

  /**
   * @param {HTMLElement} root has the `data-part`s verdict, words, figure and model
   * @param {import("./messages.js").Messages} messages
   * @param {import("./bars-view.js").BarsView} bars
   * @param {import("./pictures-view.js").PicturesView} pictures
   */
  constructor(root, messages, bars, pictures) {
    this.#root = root;
    this.#messages = messages;
    this.#bars = bars;
    this.#pictures = pictures;
  }

  /**
   * @param {object} answer of the contract
   * @param {boolean} isLatest false where the drawing has changed since it was sent
   */
  show(answer, isLatest) {
    const { text, words, figure } = this.#wording(answer);
    this.#root.dataset.verdict = answer.verdict;
    this.#root.dataset.length = text.length > 1 ? (text.length > 4 ? "long" : "some") : "one";
    this.isPending = !isLatest;
    this.#write("verdict", text);
    this.#write("words", words);
    this.#write("figure", figure);
    this.#write("model", this.#nameOfModel(answer));
    if (answer.digits.length === 0) this.#bars.show(null);
    this.#pictures.show(answer.digits, (digit) => this.#bars.show(digit.probabilities));
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
    if (figure === "") return words;
    return this.#messages.text("answer.spoken", { text, words, confidence: figure });
  }

  #wording(answer) {
    const forms = {
      blank: () => ({ text: "", words: this.#messages.text("answer.blank"), figure: "" }),
      not_a_digit: () => ({
        text: "–",
        words: this.#messages.text("answer.not_a_digit"),
        figure: "",
      }),
      unsure: () => ({ ...this.#sure(answer), words: this.#doubt(answer) }),
    };
    return forms[answer.verdict]?.() ?? this.#sure(answer);
  }

  #sure({ text, confidence, digits }) {
    return {
      text: text || digits.map(({ digit }) => digit).join(""),
      words: this.#messages.text(confidenceWords(confidence)),
      figure: this.#messages.percent(confidence),
    };
  }

  /** Name the two likeliest digits of an unsure answer. */
  #doubt({ text, confidence, digits }) {
    if (digits.length !== 1) return this.#messages.text(confidenceWords(confidence));
    const [first, second] = rankedDigits(digits[0].probabilities);
    return this.#messages.text("answer.unsure", {
      text: text || String(first),
      other: String(second),
    });
  }

  #nameOfModel({ model }) {
    return model?.run ? this.#messages.text("answer.model", { run: model.run }) : "";
  }

  #write(part, text) {
    this.#root.querySelector(`[data-part="${part}"]`).textContent = text;
  }
}
