/**
 * The panel that shows how an answer came about: its entry, found at `net.Inside`.
 *
 * Each part shows one step of it; here they are made, and the explanations asked for: whenever the
 * answer or the chosen digit changes while the panel is open, and never while it is closed.
 */
import { InsideEvidence } from "./inside-evidence.js";
import { InsideLayers } from "./inside-layers.js";
import { InsideSight } from "./inside-sight.js";
import { InsideStrokes } from "./inside-strokes.js";
import { InsideSums } from "./inside-sums.js";
import { Subject } from "./inside-subject.js";
import { sentenceForFailure } from "./network-sentences.js";

class Inside {
  #panel;
  #parts;
  #messages;
  #strokes;
  #views;
  #loop;
  #shown = null; // the Subject that is looked at

  /**
   * @param {HTMLElement} panel holds what templates/drawing/inside.html says
   * @param {object} parts choice (a DigitChoice) and messages (Messages) of the page;
   *   question: `() => object`, what was answered; ask: `(question, signal) => Promise`, for its
   *   explanation; makeLoop: `(send) => AnswerLoop`
   */
  constructor(panel, parts) {
    const { choice, messages, ask, makeLoop } = parts;
    const find = (part) => panel.querySelector(`[data-part="${part}"]`);
    messages.add(JSON.parse(find("messages").textContent));
    this.#panel = panel;
    this.#parts = parts;
    this.#messages = messages;
    this.#strokes = new InsideStrokes(find("strokes"), messages);
    this.#views = [
      this.#strokes,
      new InsideSight(find("sight"), messages),
      new InsideLayers(find("layers"), messages),
      new InsideEvidence(find("evidence"), messages, panel.id),
      new InsideSums(find("sums"), messages),
    ];
    this.#loop = makeLoop(async (asked, signal) => Subject.of(asked, await ask(asked, signal)));
    this.#loop.addEventListener("answer", ({ detail }) => this.#show(detail.answer));
    this.#loop.addEventListener("failure", ({ detail }) => this.#fail(detail.error));
    for (const type of ["digits", "choice"]) choice.addEventListener(type, () => this.#follow());
    this.#connectPanel();
  }

  #connectPanel() {
    const close = () => this.#panel.dispatchEvent(new Event("close"));
    this.#part("close").addEventListener("click", close);
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // or the picture that is explained would be left, too
      close();
    });
    this.#panel.addEventListener("close", () => {
      this.#loop.forget();
      this.#forget(); // opened again it would show what is no more until the answer comes
    });
    this.#panel.addEventListener("open", () => {
      this.#follow();
      this.#part("heading").focus();
    });
    const theme = new MutationObserver(() => this.#shown && this.#draw());
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  #follow() {
    if (this.#panel.hidden) return;
    const { choice, question } = this.#parts;
    if (choice.digits.length === 0) {
      this.#loop.forget();
      this.#forget();
      this.#say("inside.nothing");
      return;
    }
    if (this.#shown === null) this.#say("inside.waiting");
    this.#loop.ask({ ...question(), digit: choice.index });
  }

  #show(subject) {
    if (this.#parts.choice.digits.length === 0) return;
    const isFirst = this.#shown === null;
    this.#shown = subject;
    const isPicture = subject.strokes === null;
    this.#panel.dataset.subject = isPicture ? "picture" : "drawing";
    this.#part("steps").hidden = false;
    const { position, count } = subject;
    if (count > 1) this.#say("inside.which", { position, count });
    else this.#part("remark").textContent = "";
    this.#draw();
    if (isFirst && !isPicture) this.#strokes.play();
  }

  #draw() {
    for (const view of this.#views) view.show(this.#shown);
  }

  #fail(error) {
    // The drawing has become another one on the way: its answer asks again.
    if (error.status === 422) return;
    this.#forget();
    this.#part("remark").textContent = sentenceForFailure(error, this.#messages);
  }

  #forget() {
    this.#shown = null;
    this.#part("steps").hidden = true;
  }

  #say(key, values) {
    this.#part("remark").textContent = this.#messages.text(key, values);
  }

  #part(name) {
    return this.#panel.querySelector(`[data-part="${name}"]`);
  }
}

globalThis.net = { ...globalThis.net, Inside };
