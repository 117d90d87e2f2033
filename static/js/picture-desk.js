/**
 * What happens to a picture: it is shown, sent, and its answer shown, until a person goes back.
 *
 * It dispatches "open" and "leave"; the drawing, which is kept, rests in between.
 */
import { sentenceForFailure } from "./network-sentences.js";
import { takeIn } from "./picture-file.js";

const PROGRESS = { sending: "picture.sending", reading: "picture.reading" };
const REFUSALS = new Map([
  [413, "picture.too_large"],
  [415, "picture.unknown_type"],
  [422, "picture.damaged"],
]);

export class PictureDesk extends EventTarget {
  #picture;
  #maxBytes;
  #send;
  #view;
  #status;
  #announcer;
  #messages;
  #file = null;
  #answer = null; // to the picture that is looked at
  #remark = ""; // to be said once the picture has been read
  #opening = 0; // counts what was given, for the last one shall be shown
  #flight = null; // AbortController of the request under way
  #isLost = false; // for want of a connection
  #mode = "auto";

  /**
   * @param {object} parts picture (a PictureView), view (an AnswerView), status, announcer and
   *   messages, each an instance of the class of that name,
   *   maxBytes: of a file that is sent, and
   *   send: `(picture, signal, onProgress) => Promise<object>`
   */
  constructor({ picture, maxBytes, send, view, status, announcer, messages }) {
    super();
    this.#picture = picture;
    this.#maxBytes = maxBytes;
    this.#send = send;
    this.#view = view;
    this.#status = status;
    this.#announcer = announcer;
    this.#messages = messages;
  }

  /** @returns {boolean} whether a picture is looked at */
  get isOpen() {
    return this.#file !== null;
  }

  /** @param {string} mode of the contract; a picture that is looked at is read again */
  set mode(mode) {
    this.#mode = mode;
    if (this.isOpen) this.retry();
  }

  /** @returns {{file: File, mode: string}} what is sent */
  get given() {
    return { file: this.#file, mode: this.#mode };
  }

  /** @returns {object | null} the answer to the picture; null where there is none yet */
  get answer() {
    return this.#answer;
  }

  /**
   * Look at a picture and read it, or say why not.
   *
   * @param {File} given
   * @param {number} count how many files it came with, itself included
   */
  async open(given, count = 1) {
    this.#opening += 1;
    const opening = this.#opening;
    const { file, refusal } = await takeIn(given, this.#maxBytes);
    if (opening !== this.#opening) return;
    if (refusal !== null) return this.refuse(refusal);
    this.#file = file;
    this.#remark = count > 1 ? this.#messages.text("picture.first_of_several", { count }) : "";
    this.#picture.open(file);
    this.dispatchEvent(new Event("open"));
    this.retry();
  }

  /** Say why something is not read. @param {string} reason key of a message */
  refuse(reason) {
    this.#status.say(this.#messages.text(reason), "trouble");
  }

  /** Send the picture, once more if it has been. */
  retry() {
    this.#flight?.abort();
    this.#isLost = false;
    this.#answer = null;
    this.#view.clear();
    this.#view.isPending = true;
    this.#announcer.hush();
    this.#fly();
  }

  /** Use a connection that has come back. */
  goOnline() {
    if (this.#isLost) this.retry();
  }

  /** Go back to the drawing; what is under way is given up. */
  leave() {
    if (!this.isOpen) return;
    this.#opening += 1; // nor shall one come that is still being taken in
    this.#flight?.abort();
    this.#flight = null;
    this.#file = null;
    this.#answer = null;
    this.#picture.close();
    this.#status.clear();
    this.#announcer.hush();
    this.dispatchEvent(new Event("leave"));
  }

  async #fly() {
    const flight = new AbortController();
    this.#flight = flight;
    const isCurrent = () => this.#flight === flight;
    this.#showSent(0);
    try {
      const answer = await this.#send(
        this.given,
        flight.signal,
        (share) => isCurrent() && this.#showSent(share),
      );
      await this.#picture.measured(); // or its boxes would have no place
      if (isCurrent()) this.#succeed(answer);
    } catch (error) {
      if (isCurrent()) this.#fail(error);
    }
  }

  #showSent(share) {
    const state = share < 1 ? "sending" : "reading";
    this.#picture.state = state;
    if (state === "sending") this.#picture.sent = share;
    this.#status.say(this.#messages.text(PROGRESS[state]), "waiting");
  }

  #succeed(answer) {
    this.#picture.state = "read";
    this.#answer = answer;
    this.#status.say(this.#remark);
    this.#view.show(answer, true);
    this.#announcer.say(this.#view.spoken(answer));
  }

  #fail(error) {
    this.#isLost = error.kind === "lost";
    this.#picture.state = error.isPassing ? "failed" : "read";
    this.#view.clear();
    this.#view.isPending = true;
    this.#status.say(this.#sentenceFor(error), "trouble");
  }

  #sentenceFor(error) {
    if (error.kind === "lost") return this.#messages.text("picture.lost");
    const refusal = REFUSALS.get(error.status);
    return refusal ? this.#messages.text(refusal) : sentenceForFailure(error, this.#messages);
  }
}
