/** What is said of a task, of what was read, and of what to change, in the page's language. */
import { confidenceWords } from "./confidence.js";
import { placeKey } from "./inside-maps.js";

const FINE = 99; // places on a side of the grid of which the key is asked

export class PracticeWords {
  #messages;

  /** @param {import("./messages.js").Messages} messages */
  constructor(messages) {
    this.#messages = messages;
  }

  /** @param {string} asked @returns {string} what to do */
  task(asked) {
    if (asked.length > 1) return this.#text("practice.write_number", { text: asked });
    // In English it is "an 8".
    return this.#text(asked === "8" ? "practice.write_eight" : "practice.write_digit", { text: asked });
  }

  /** @param {import("./practice-judgement.js").Judgement} judgement @returns {string} */
  reading({ isDigit, isUnsure, read }) {
    if (!isDigit) return this.#text("practice.no_digit", { text: read });
    return this.#text(isUnsure ? "practice.read_perhaps" : "practice.read", { text: read });
  }

  /** @param {import("./practice-judgement.js").Judgement} judgement @returns {string} how sure */
  sureness({ isDigit, isUnsure, confidence }) {
    if (!isDigit) return "";
    const figure = this.#messages.percent(confidence);
    if (isUnsure) return figure; // that it is not sure is said already
    const words = this.#text(confidenceWords(confidence));
    return this.#text("practice.sure", { words, confidence: figure });
  }

  /**
   * @param {import("./practice-judgement.js").Judgement} judgement
   * @param {object | null} advice of `Practice`
   * @param {string} asked digits
   * @returns {string} what to change
   */
  advice({ fault, read }, advice, asked) {
    if (advice === null || fault === null) return "";
    if (advice.kind === "left_out") return this.#text("practice.left_out");
    if (advice.kind === "fewer" || advice.kind === "more") {
      const facts = { seen: String(fault.read.length), wanted: String(asked.length) };
      return this.#text(advice.kind === "more" ? "practice.more" : "practice.fewer", facts);
    }
    const isMisread = read[fault.index] !== fault.asked;
    const which = asked.length > 1 && isMisread ? `${this.#digit(fault)} ` : "";
    return which + this.#change(fault, isMisread, advice);
  }

  #digit({ index, asked, read }) {
    return this.#text("practice.digit_of", { position: String(index + 1), asked, read });
  }

  #change({ asked, read }, isMisread, advice) {
    if (advice.kind === "none") return this.#text("practice.no_advice");
    const place = this.#text(keyOf(advice.place));
    if (advice.kind === "add") return this.#text("practice.add", { place, asked });
    const part = this.#part(advice, place);
    if (advice.kind === "leave_out") return this.#text("practice.leave_out", { part, asked });
    return this.#text(isMisread ? "practice.change" : "practice.also", { part, read });
  }

  #part({ stroke, strokes }, place) {
    if (stroke === null) return this.#text("practice.part", { place });
    if (stroke === 0) return this.#text("practice.first_stroke", { place });
    if (stroke === strokes - 1) return this.#text("practice.last_stroke", { place });
    return this.#text("practice.other_stroke", { place, number: String(stroke + 1) });
  }

  #text(key, values = {}) {
    return this.#messages.text(key, values);
  }
}

/** @param {{x: number, y: number}} place shares of the digit's square @returns {string} a message's key */
function keyOf({ x, y }) {
  const at = (share) => Math.floor(FINE * Math.min(0.99, Math.max(0, share)));
  return placeKey({ row: at(y), column: at(x) }, { width: FINE, height: FINE });
}
