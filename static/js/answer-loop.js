/**
 * Keep asking for the newest drawing's answer: one request at a time, and again after a failure.
 *
 * Newer drawings replace the one that waits, so a stale answer can never come after a newer one.
 * It dispatches "answer" (`detail.answer`, `detail.isLatest`), "slow", "failure" (`detail.error`,
 * `detail.seconds` until the next try or null) and "retry".
 */
const PAUSE = 120; // milliseconds between two requests, so that a fast pen does not flood a server
const SLOW = 2_000; // milliseconds until a person is told
const TIMEOUT = 10_000; // milliseconds until a request is given up
const FIRST_WAIT = 1; // seconds; doubles with every failure
const LONGEST_WAIT = 30; // seconds
const LONGEST_OBEYED_WAIT = 86_400; // seconds; timers overflow at 24 days

export class AnswerLoop extends EventTarget {
  #send;
  #wanted = null;
  #flight = null; // AbortController of the request under way
  #isHurried = false; // what is wanted shall follow the request under way at once
  #pause = null;
  #retry = null; // timer of the next try
  #mustWait = false; // the server has named the time of the next try
  #failures = 0;

  /** @param {(drawing: object, signal: AbortSignal) => Promise<object>} send */
  constructor(send) {
    super();
    this.#send = send;
  }

  /** Get this drawing answered as soon as may be. @param {object} drawing */
  ask(drawing) {
    this.#wanted = drawing;
    this.#next();
  }

  /** Get this drawing answered after a pause: others will follow it. @param {object} drawing */
  askLater(drawing) {
    this.#wanted = drawing;
    if (this.#pause === null) this.#takePause();
  }

  /** Ask for what is wanted without a pause: the pen is up, and somebody looks at the answer. */
  hurry() {
    if (this.#wanted === null) return;
    this.#isHurried = true;
    clearTimeout(this.#pause);
    this.#pause = null;
    this.#next();
  }

  /** Want no answer any more, not even one that is on its way: the drawing is another one. */
  forget() {
    this.#wanted = null;
    this.#isHurried = false;
    this.#flight?.abort();
    this.#flight = null;
  }

  /** Try at once instead of waiting, unless the server has asked to wait. */
  retryNow() {
    if (this.#retry === null || this.#mustWait) return;
    clearTimeout(this.#retry);
    this.#tryAgain();
  }

  /** @returns {boolean} whether a failed request waits for its next try */
  get isWaiting() {
    return this.#retry !== null;
  }

  #next() {
    if (this.#flight || this.#pause || this.#retry || this.#wanted === null) return;
    const drawing = this.#wanted;
    this.#wanted = null;
    this.#isHurried = false;
    this.#fly(drawing);
  }

  async #fly(drawing) {
    const flight = new AbortController();
    this.#flight = flight;
    const slow = setTimeout(() => this.#tell("slow"), SLOW);
    const timeout = setTimeout(() => flight.abort(), TIMEOUT);
    const forgotten = () => this.#flight !== flight;
    try {
      const answer = await this.#send(drawing, flight.signal);
      if (!forgotten()) this.#succeed(answer);
    } catch (error) {
      if (!forgotten()) this.#fail(drawing, error);
    } finally {
      clearTimeout(slow);
      clearTimeout(timeout);
      if (!forgotten()) this.#land();
    }
  }

  #land() {
    this.#flight = null;
    if (this.#isHurried) this.#next();
    else this.#takePause();
  }

  #takePause() {
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#next();
    }, PAUSE);
  }

  #succeed(answer) {
    this.#failures = 0;
    this.#tell("answer", { answer, isLatest: this.#wanted === null });
  }

  #fail(drawing, error) {
    if (!error.isPassing) return this.#tell("failure", { error, seconds: null });
    this.#wanted ??= drawing;
    const backOff = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    const wait = Math.min(error.retryAfter ?? backOff, LONGEST_OBEYED_WAIT);
    const seconds = Math.max(wait, FIRST_WAIT);
    this.#failures += 1;
    this.#mustWait = error.retryAfter !== null;
    this.#retry = setTimeout(() => this.#tryAgain(), seconds * 1000);
    this.#tell("failure", { error, seconds });
  }

  #tryAgain() {
    this.#retry = null;
    this.#mustWait = false;
    this.#tell("retry", { isAsking: this.#wanted !== null });
    this.#next();
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
