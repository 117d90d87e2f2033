/**
 * Looks into the samples of a run: one panel for all buttons marked `data-inside`.
 *
 * A button stands in a sample, whose image is what the network saw; the strokes of a drawing stand
 * in its `data-strokes`. The list may be replaced while the panel is open.
 */
import { AnswerLoop } from "../answer-loop.js";
import { DigitChoice } from "../digit-choice.js";
import { InsideSwitch } from "../inside-switch.js";
import { fittedStrokes } from "./fitted-strokes.js";
import { requestExplanation, requestInkExplanation } from "./trial-request.js";

export class SampleInside {
  #panel;
  #choice = new DigitChoice();
  #switch = document.createElement("button"); // what opens the panel, whichever sample asks for it
  #opener = null;

  /**
   * @param {HTMLElement} place holds the samples
   * @param {HTMLElement} panel its dataset names the run and the addresses
   * @param {import("../messages.js").Messages} messages
   * @param {string} token against forgery
   */
  constructor(place, panel, messages, token) {
    const { run, explanations } = panel.dataset;
    this.#panel = panel;
    new InsideSwitch(this.#switch, panel, {
      choice: this.#choice,
      messages,
      question: () => this.#question(),
      ask: (asked, signal) =>
        asked.image
          ? requestInkExplanation(`${explanations}/image`, run, asked.image, token, signal)
          : requestExplanation(explanations, run, asked, token, signal),
      makeLoop: (send) => new AnswerLoop(send),
    });
    panel.addEventListener("close", () => this.#close());
    place.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-inside]");
      if (button) this.#open(button);
    });
  }

  #open(button) {
    const isOpen = !this.#panel.hidden;
    if (isOpen && button === this.#opener) {
      this.#panel.dispatchEvent(new Event("close"));
      return;
    }
    this.#opener?.setAttribute("aria-expanded", "false");
    this.#opener = button;
    button.setAttribute("aria-expanded", "true");
    this.#choice.show([{ digit: Number(button.dataset.inside) }]); // asks, where the panel is open
    if (isOpen) this.#panel.querySelector("[data-part=heading]")?.focus();
    else this.#switch.click();
  }

  #close() {
    this.#opener.setAttribute("aria-expanded", "false");
    // Its list may have been replaced by another.
    const next = this.#opener.isConnected ? this.#opener : document.querySelector("[data-inside]");
    next?.focus();
  }

  #question() {
    const { strokes } = this.#opener.dataset;
    if (strokes) return { strokes: fittedStrokes(JSON.parse(strokes)), mode: "digit" };
    return { image: this.#opener.closest("li").querySelector("img").src };
  }
}
