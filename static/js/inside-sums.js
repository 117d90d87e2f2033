/** The fifth step: sums become probabilities, and thresholds decide what is answered. */
import { roundNumber, signedNumber } from "./inside-numbers.js";

export class InsideSums {
  #root;
  #messages;

  /** @param {HTMLElement} root @param {import("./messages.js").Messages} messages */
  constructor(root, messages) {
    this.#root = root;
    this.#messages = messages;
  }

  /** @param {import("./inside-subject.js").Subject} subject */
  show(subject) {
    const { explanation, digit } = subject;
    this.#showRows(explanation);
    this.#showScale(explanation);
    this.#part("why").textContent = this.#why(explanation, digit);
  }

  #showRows({ logits, temperature }) {
    const { language } = this.#messages;
    const powers = logits.map((logit) => Math.exp(logit / temperature));
    const all = powers.reduce((sum, power) => sum + power, 0);
    const best = Math.max(...logits);
    [...this.#part("rows").rows].forEach((row, digit) => {
      const [, sum, power, share] = row.cells;
      sum.textContent = signedNumber(logits[digit], language);
      power.textContent = roundNumber(powers[digit], language);
      share.textContent = this.#messages.percent(powers[digit] / all);
      row.toggleAttribute("data-best", logits[digit] === best);
    });
    const temperatureText = roundNumber(temperature, language);
    this.#part("power").textContent = `e^(… ÷ ${temperatureText})`;
    const facts = { temperature: temperatureText, total: roundNumber(all, language) };
    this.#part("softmax").textContent = this.#messages.text("sums.softmax", facts);
  }

  #showScale({ digitness, thresholds }) {
    const scale = this.#part("scale");
    scale.hidden = digitness === null;
    if (digitness === null) return;
    scale.style.setProperty("--score", String(digitness));
    scale.style.setProperty("--refused", String(thresholds.not_a_digit));
    scale.style.setProperty("--needed", String(thresholds.digitness));
    const percent = (share) => this.#messages.percent(share);
    this.#part("score").textContent = this.#messages.text("sums.score", {
      score: percent(digitness),
      refused: percent(thresholds.not_a_digit),
      needed: percent(thresholds.digitness),
    });
  }

  /** What decided, in one sentence. */
  #why(explanation, digit) {
    const { digitness, thresholds } = explanation;
    const share = Math.max(...digit.probabilities);
    const percent = (value) => this.#messages.percent(value);
    const facts = {
      score: percent(digitness ?? 1),
      refused: percent(thresholds.not_a_digit),
      needed: percent(thresholds.digitness),
      share: percent(share),
      confidence: percent(thresholds.confidence),
    };
    return this.#messages.text(reasonOf(explanation, digit), facts);
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}

/**
 * @param {object} explanation of the contract
 * @param {object} digit of its prediction: the one that is explained
 * @returns {string} key of the sentence that says why the answer is plain, in doubt or a refusal
 */
export function reasonOf({ prediction, digitness, thresholds }, digit) {
  const { verdict, digits } = prediction;
  if (verdict === "not_a_digit") return "why.refused";
  if (verdict !== "unsure") return "why.plain";
  if (!digit.doubtful) return digits.some(({ doubtful }) => doubtful) ? "why.another" : "why.left_out";
  // Less than refuses what nobody has said to be one digit.
  if (digits.length === 1 && digitness !== null && digitness < thresholds.not_a_digit) return "why.asked";
  const isDoubted = digitness !== null && digitness < thresholds.digitness;
  const isClose = Math.max(...digit.probabilities) < thresholds.confidence;
  if (isDoubted) return isClose ? "why.both" : "why.score";
  return isClose ? "why.close" : "why.sign";
}
