/**
 * Drawings of practice that a person allows to be kept, and how all of them are taken back.
 *
 * Nothing is sent before `isAllowed`. What cannot be sent now is sent with the next one. It knows
 * no page, and dispatches "change" whenever `mayBeKept` or `sentence` does.
 */
export class PracticeGift extends EventTarget {
  #send;
  #takeBack;
  #messages;
  #isAllowed = false;
  #waiting = []; // corrections that are not sent yet
  #lost = new Set(); // of them, those that may be kept: no answer came
  #kept = []; // {id, token} of those that are kept
  #work = Promise.resolve(); // one thing after another
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

  /** @returns {boolean} whether there is, or may be, something to take back */
  get mayBeKept() {
    return this.#kept.length + this.#lost.size > 0;
  }

  /** @param {boolean} isAllowed whether drawings may be kept from now on */
  set isAllowed(isAllowed) {
    this.#isAllowed = isAllowed;
    this.#waiting = [];
    this.#say("");
  }

  /** A drawing was checked: give it, where that is allowed. */
  give({ asked, drawing, answer }) {
    if (!this.#isAllowed) return;
    const { id, text, verdict, confidence, model } = answer;
    this.#waiting.push({
      prediction: id,
      label: asked,
      ...drawing,
      answer: { text, verdict, confidence, run: model?.run },
      origin: "practice",
    });
    this.#work = this.#work.then(() => this.#sendAll());
  }

  /** Let nothing be kept of all that was given. @returns {Promise<void>} */
  async takeAllBack() {
    this.isAllowed = false;
    this.#work = this.#work.then(() => this.#takeEachBack());
    await this.#work;
  }

  async #sendAll() {
    while (this.#waiting.length > 0) {
      const [next] = this.#waiting;
      try {
        await this.#sendOne(next);
      } catch (error) {
        if (!error.isPassing) this.#drop(next); // it would be refused again
        this.#say(this.#messages.text("gift.not_kept", { reason: this.#reasonOf(error) }));
        return;
      }
      this.#drop(next);
      this.#say(this.#messages.text("gift.kept", { count: this.#kept.length }));
    }
  }

  async #sendOne(given) {
    try {
      this.#kept.push(await this.#send(given));
      this.#lost.delete(given);
    } catch (error) {
      if (error.isPassing) this.#lost.add(given);
      else this.#lost.delete(given);
      throw error;
    }
  }

  /** It may have gone meanwhile: a person can change their mind while it is sent. */
  #drop(sent) {
    this.#waiting = this.#waiting.filter((one) => one !== sent);
  }

  async #takeEachBack() {
    try {
      // Sent once more, each takes its own place and comes with the token to take it back.
      for (const given of [...this.#lost]) await this.#sendOne(given);
      while (this.#kept.length > 0) await this.#takeOneBack();
      this.#say(this.#messages.text("gift.taken_back"));
    } catch (error) {
      this.#say(this.#messages.text("gift.not_taken_back", { reason: this.#reasonOf(error) }));
    }
  }

  async #takeOneBack() {
    try {
      await this.#takeBack(this.#kept[0]);
    } catch (error) {
      if (error.status !== 404) throw error; // it is not there: that is what was wanted
    }
    this.#kept.shift();
  }

  #reasonOf({ kind, detail }) {
    return kind === "refused" && detail ? detail : this.#messages.text("correction.lost");
  }

  #say(sentence) {
    this.sentence = sentence;
    this.dispatchEvent(new Event("change"));
  }
}
