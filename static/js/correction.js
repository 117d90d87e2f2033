/**
 * A correction of the newest answer, from the offer to the thanks.
 *
 * It is a small machine: nothing, offered, open, sending, kept, failed, taken. It knows neither page
 * nor server, and dispatches "change" whenever its `state` or `sentence` does.
 */
export class Correction extends EventTarget {
  #send;
  #takeBack;
  #messages;
  #subject = null; // {answer, drawing} that can be corrected now
  #pending = null; // what could not be sent, to be sent again
  #kept = null; // {id, token} of what was sent last
  state = "nothing";
  sentence = "";

  /**
   * @param {object} parts send: `(correction) => Promise<{id, token}>`; takeBack: `(kept) =>
   *   Promise<void>`; messages: a Messages
   */
  constructor({ send, takeBack, messages }) {
    super();
    this.#send = send;
    this.#takeBack = takeBack;
    this.#messages = messages;
  }

  /**
   * Another answer is looked at, or none.
   *
   * @param {{answer: object, drawing: object} | null} subject the contract's answer and drawing, or
   *   the ink of a picture's digit in its place
   */
  about(subject) {
    if (subject?.answer === this.#subject?.answer) return;
    this.#subject = subject;
    // What was not sent yet stays, whatever is drawn meanwhile; the thanks, until the next answer.
    const stays = ["sending", "failed", ...(subject === null ? ["kept"] : [])];
    if (stays.includes(this.state)) this.#tell();
    else this.#rest();
  }

  /** @returns {boolean} whether there is an answer that can be corrected */
  get hasSubject() {
    return this.#subject !== null;
  }

  /** @returns {boolean} whether it is a picture's digit that can be corrected */
  get isPicture() {
    return this.#subject?.drawing?.image !== undefined;
  }

  /** Offer the ways to say what it was, or put them away. */
  toggle() {
    if (this.state === "open") this.#rest();
    else if (this.#subject !== null && this.state !== "sending") this.#become("open");
  }

  /** @param {string} label digits, or empty: it is not a digit */
  async say(label) {
    if (this.#subject === null) return;
    const { answer, drawing } = this.#subject;
    const { id, text, verdict, confidence, model } = answer;
    this.#pending = {
      prediction: id,
      label,
      ...drawing,
      answer: { text, verdict, confidence, run: model?.run },
    };
    await this.sendAgain();
  }

  /** Send what could not be sent. */
  async sendAgain() {
    const correction = this.#pending;
    if (correction === null || this.state === "sending") return;
    this.#become("sending", this.#messages.text("correction.sending"));
    try {
      this.#kept = await this.#send(correction);
      this.#pending = null;
      this.#become("kept", this.#thanksFor(correction.label));
    } catch (error) {
      this.#become("failed", this.#sentenceFor(error, "correction.not_sent"));
    }
  }

  /** Do not send what could not be sent. */
  leave() {
    this.#pending = null;
    this.#rest();
  }

  /** Let nothing be kept of what was sent last. */
  async takeBack() {
    const kept = this.#kept;
    if (kept === null || this.state === "sending") return;
    this.#become("sending", this.#messages.text("correction.taking_back"));
    try {
      await this.#takeBack(kept);
    } catch (error) {
      // It is not there: that is what was wanted.
      if (error.status !== 404) {
        this.#become("kept", this.#sentenceFor(error, "correction.not_taken_back"));
        return;
      }
    }
    this.#kept = null;
    this.#become("taken", this.#messages.text("correction.taken_back"));
  }

  #rest() {
    this.#become(this.#subject === null ? "nothing" : "offered");
  }

  #become(state, sentence = "") {
    this.state = state;
    this.sentence = sentence;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  #thanksFor(label) {
    if (label === "") return this.#messages.text("correction.kept_as_none");
    return this.#messages.text("correction.kept", { label });
  }

  #sentenceFor({ kind, detail }, key) {
    const reason = kind === "refused" && detail ? detail : this.#messages.text("correction.lost");
    return this.#messages.text(key, { reason });
  }
}
