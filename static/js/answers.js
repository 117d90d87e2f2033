/**
 * Connect the drawing to its answers: when to ask, and what to show of what comes back.
 *
 * While answers are live every change asks; otherwise only `predict` does.
 */
import { sentenceForFailure } from "./network-sentences.js";

export class Answers {
  #drawing;
  #limits;
  #loop;
  #view;
  #status;
  #announcer;
  #messages;
  #isChangedSinceAsk = false;
  #shown = null; // the newest answer, unless nothing is drawn
  #isCurrent = false; // what is shown is about the drawing as it is
  #isAway = false; // something else than the drawing is looked at
  #isLive = true;

  /**
   * @param {object} parts drawing, loop, view, status, announcer and messages, each an instance of
   *   the class of that name, and limits: `{strokes, points}`, the most that the server reads
   */
  constructor({ drawing, limits, loop, view, status, announcer, messages }) {
    this.#drawing = drawing;
    this.#limits = limits;
    this.#loop = loop;
    this.#view = view;
    this.#status = status;
    this.#announcer = announcer;
    this.#messages = messages;
    drawing.addEventListener("change", this.#onChange);
    loop.addEventListener("answer", this.#onAnswer);
    loop.addEventListener("slow", this.#onSlow);
    loop.addEventListener("failure", this.#onFailure);
    loop.addEventListener("retry", this.#onRetry);
  }

  /** @returns {object | null} the answer to the drawing as it is; null where there is none yet */
  get current() {
    return this.#isCurrent ? this.#shown : null;
  }

  /** @param {boolean} isLive whether changes ask; the last ones, which did not, then do so now */
  set isLive(isLive) {
    this.#isLive = isLive;
    const isUnasked = this.#isChangedSinceAsk && !this.#drawing.isEmpty;
    if (isLive && isUnasked && !this.#isAway) this.#ask();
  }

  /** Answer what has been drawn before anybody could ask. */
  start() {
    if (!this.#drawing.isEmpty) this.#onChange({ detail: { kind: "restore" } });
  }

  /** Ask for the whole drawing now, live or not. */
  predict() {
    this.#view.isPending = true;
    this.#announcer.hush();
    this.#ask();
    this.#loop.retryNow();
  }

  /** Somebody looks at the page again: do not let them wait for the next try. */
  lookAgain() {
    this.#loop.retryNow();
  }

  /** Say that the connection is gone. */
  goOffline() {
    this.#status.say(this.#messages.text("network.lost"), "trouble");
  }

  /** Use a connection that has come back. */
  goOnline() {
    const wasInTrouble = this.#status.isTrouble;
    this.#loop.retryNow();
    if (wasInTrouble) this.#status.flash(this.#messages.text("network.back"));
  }

  /** Ask and show nothing until the drawing is looked at again. */
  leave() {
    this.#isAway = true;
    this.#loop.forget();
  }

  /** Show again what the drawing says. */
  comeBack() {
    this.#isAway = false;
    if (this.#drawing.isEmpty) return this.#rest();
    this.#view.clear(); // nothing that is asked about the picture may be shown of the drawing
    if (this.#shown !== null) this.#view.show(this.#shown, this.#isCurrent);
    this.#view.isPending = !this.#isCurrent;
    if (!this.#isCurrent && this.#isLive) this.#ask();
  }

  #onChange = ({ detail: { kind } }) => {
    this.#isChangedSinceAsk = true;
    this.#isCurrent = false;
    if (this.#isAway) return;
    this.#view.isPending = true;
    this.#announcer.hush();
    // Ink that has gone makes an answer wrong; ink that was added only makes it early.
    if (kind !== "grow" && kind !== "add") this.#loop.forget();
    if (this.#drawing.isEmpty) this.#rest();
    else if (this.#isLive) this.#ask(kind === "erase");
    else this.#status.say(this.#messages.text("answer.press_predict"), "waiting");
    // Who draws on sees at once that the server is back; a stroke asks once, not at every point.
    if (kind !== "grow") this.#loop.retryNow();
  };

  #ask(isLater = false) {
    const drawn = this.#drawing.toDocument();
    if (this.#isTooMuch(drawn)) return this.#refuse();
    this.#isChangedSinceAsk = false;
    if (isLater) this.#loop.askLater(drawn);
    else this.#loop.ask(drawn);
  }

  #isTooMuch({ strokes }) {
    const points = strokes.reduce((sum, { x }) => sum + x.length, 0);
    return strokes.length > this.#limits.strokes || points > this.#limits.points;
  }

  /** More is drawn than the server reads: show no answer to less, and say what helps. */
  #refuse() {
    this.#loop.forget();
    this.#shown = null;
    this.#view.clear();
    this.#view.isPending = true;
    this.#status.say(this.#messages.text("answer.too_much", this.#limits), "trouble");
  }

  /** Nothing is drawn: show that, and no complaint about what was drawn before. */
  #rest() {
    this.#shown = null;
    this.#view.clear();
    if (!this.#loop.isWaiting) this.#status.clearReport();
  }

  #onAnswer = ({ detail: { answer, isLatest } }) => {
    this.#isCurrent = isLatest && !this.#isChangedSinceAsk;
    this.#shown = answer;
    this.#view.show(answer, this.#isCurrent);
    this.#status.clearReport();
    if (this.#isCurrent) this.#announcer.say(this.#view.spoken(answer));
  };

  #onSlow = () => {
    this.#status.say(this.#messages.text("network.slow"), "waiting");
  };

  #onFailure = ({ detail: { error, seconds } }) => {
    this.#status.say(sentenceForFailure(error, this.#messages), "trouble", seconds);
  };

  #onRetry = ({ detail: { isAsking } }) => {
    if (this.#isAway) return;
    if (isAsking) this.#status.say(this.#messages.text("network.retrying"), "trouble");
    else this.#status.clearReport();
  };
}
