/**
 * The fourth step: where on the drawing the network found what speaks for a digit, and what
 * against it; or for one digit rather than another.
 *
 * The numbers are the server's, exactly as the network adds them up. Colours have a sign beside
 * them, so that nobody needs to tell two colours apart.
 */
import { colourOf, placeKey } from "./inside-maps.js";
import { signedNumber } from "./inside-numbers.js";

const VISIBLE = 0.005; // of a logit: less is written as 0.00
const SIGNED = 0.2; // of the largest number: smaller ones get no sign

export class InsideEvidence {
  #root;
  #canvas;
  #messages;
  #subject = null;
  #digit = null;
  #other = null; // null: the digit alone

  /**
   * @param {HTMLElement} root
   * @param {import("./messages.js").Messages} messages
   * @param {string} name of the panel, since a page may have two of them
   */
  constructor(root, messages, name) {
    for (const input of root.querySelectorAll("input")) input.name = `${name}-digit`;
    this.#root = root;
    this.#canvas = root.querySelector("canvas");
    this.#messages = messages;
    this.#part("digits").addEventListener("change", ({ target }) => {
      this.#digit = Number(target.value);
      if (this.#other === this.#digit) this.#other = null;
      this.#show();
    });
    this.#part("other").addEventListener("change", ({ target }) => {
      this.#other = target.value === "" ? null : Number(target.value);
      this.#show();
    });
    this.#part("why").addEventListener("click", () => {
      [this.#digit, this.#other] = this.#ranked();
      this.#show();
    });
  }

  /** @param {import("./inside-subject.js").Subject} subject */
  show(subject) {
    const isOther = this.#subject?.digit.digit !== subject.digit.digit;
    this.#subject = subject;
    if (isOther) [this.#digit, this.#other] = [subject.digit.digit, null];
    this.#show();
  }

  #ranked() {
    const { logits } = this.#subject.explanation;
    return logits.map((_, digit) => digit).sort((a, b) => logits[b] - logits[a]);
  }

  #show() {
    const [first, second] = this.#ranked();
    this.#part("why").textContent = this.#text("evidence.why", { digit: first, other: second });
    this.#root.querySelector(`input[value="${this.#digit}"]`).checked = true;
    for (const option of this.#part("other").options) {
      option.disabled = option.value === String(this.#digit);
    }
    this.#part("other").value = this.#other === null ? "" : String(this.#other);
    const map = this.#map();
    this.#paint(map);
    this.#part("sum").textContent = this.#sumSentence(map);
    this.#part("places").textContent = this.#placeSentence(map);
    this.#showLegend();
    this.#canvas.setAttribute("aria-label", this.#part("places").textContent);
  }

  #map() {
    const { evidence } = this.#subject.explanation;
    const map = evidence[this.#digit];
    if (this.#other === null) return map;
    const other = evidence[this.#other];
    return map.map((row, at) => row.map((number, column) => number - other[at][column]));
  }

  #paint(map) {
    const context = this.#canvas.getContext("2d");
    const { width: side } = this.#canvas;
    const cell = side / map.length;
    const most = Math.max(...this.#subject.explanation.evidence.flat(2).map(Math.abs));
    const colours = [colourOf(this.#canvas, "--against"), colourOf(this.#canvas, "--for")];
    context.fillStyle = colourOf(this.#canvas, "--sheet");
    context.fillRect(0, 0, side, side);
    const fill = (number, row, column) => {
      context.globalAlpha = Math.min(1, Math.abs(number) / most) * 0.85;
      context.fillStyle = colours[Number(number > 0)];
      context.fillRect(column * cell, row * cell, cell, cell);
    };
    map.forEach((row, at) => row.forEach((number, column) => fill(number, at, column)));
    context.globalAlpha = 1;
    this.#subject.paint(context, colourOf(this.#canvas, "--text"), 0.55);
    this.#paintSigns(context, map, most, cell);
  }

  #paintSigns(context, map, most, cell) {
    context.font = `700 ${0.34 * cell}px system-ui, sans-serif`;
    context.textAlign = "left";
    context.textBaseline = "top";
    context.lineWidth = 4;
    context.strokeStyle = colourOf(this.#canvas, "--sheet");
    context.fillStyle = colourOf(this.#canvas, "--text");
    map.forEach((row, at) =>
      row.forEach((number, column) => {
        if (Math.abs(number) < SIGNED * most) return;
        const where = [number > 0 ? "+" : "−", (column + 0.08) * cell, (at + 0.06) * cell];
        context.strokeText(...where);
        context.fillText(...where);
      }),
    );
  }

  #sumSentence(map) {
    const { bias, logits } = this.#subject.explanation;
    const number = (value) => signedNumber(value, this.#messages.language);
    const [digit, other] = [this.#digit, this.#other];
    if (other !== null) {
      const facts = { digit, other, sum: number(logits[digit]), other_sum: number(logits[other]) };
      const difference = number(logits[digit] - logits[other]);
      return this.#text("evidence.difference", { ...facts, difference });
    }
    const numbers = map.flat();
    const plus = numbers.reduce((sum, one) => sum + Math.max(0, one), 0);
    const minus = numbers.reduce((sum, one) => sum + Math.min(0, one), 0);
    const parts = { plus: number(plus), minus: number(minus), bias: number(bias[digit]) };
    return this.#text("evidence.sum", { digit, ...parts, sum: number(logits[digit]) });
  }

  /** Of two digits, what speaks against the one speaks for the other. */
  #showLegend() {
    const [digit, other] = [this.#digit, this.#other];
    const against =
      other === null
        ? this.#text("evidence.against", { digit })
        : this.#text("evidence.for", { digit: other });
    this.#part("for").textContent = `+ ${this.#text("evidence.for", { digit })}`;
    this.#part("against").textContent = `− ${against}`;
  }

  #placeSentence(map) {
    const grid = { height: map.length, width: map[0].length };
    const cells = map.flatMap((row, at) =>
      row.map((number, column) => ({ number, row: at, column })),
    );
    const most = cells.reduce((best, one) => (one.number > best.number ? one : best));
    const least = cells.reduce((best, one) => (one.number < best.number ? one : best));
    const say = (cell, amount, digit, side) =>
      this.#text(`evidence.${amount < VISIBLE ? "none" : "most"}_${side}`, {
        digit,
        place: this.#text(placeKey(cell, grid)),
      });
    const other = this.#other;
    const first = say(most, most.number, this.#digit, "for");
    const [digit, side] = other === null ? [this.#digit, "against"] : [other, "for"];
    return `${first} ${say(least, -least.number, digit, side)}`;
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }

  /** Digits are names here, not amounts, and are written as they are. */
  #text(key, values = {}) {
    const written = Object.entries(values).map(([name, value]) => [name, String(value)]);
    return this.#messages.text(key, Object.fromEntries(written));
  }
}
