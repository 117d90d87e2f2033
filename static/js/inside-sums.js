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
  #why({ prediction, digitness, thresholds }, digit) {
    const share = Math.max(...digit.probabilities);
    const percent = (value) => this.#messages.percent(value);
    const facts = {
      score: percent(digitness ?? 1),
      refused: percent(thresholds.not_a_digit),
      needed: percent(thresholds.digitness),
      share: percent(share),
      confidence: percent(thresholds.confidence),
    };
    if (prediction.verdict === "not_a_digit") return this.#messages.text("why.refused", facts);
    if (prediction.verdict !== "unsure") return this.#messages.text("why.plain", facts);
    if (!digit.doubtful) return this.#messages.text("why.another", facts);
    const isDoubted = digitness !== null && digitness < thresholds.digitness;
    const isClose = share < thresholds.confidence;
    if (isDoubted && isClose) return this.#messages.text("why.both", facts);
    return this.#messages.text(isDoubted ? "why.score" : "why.close", facts);
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}
