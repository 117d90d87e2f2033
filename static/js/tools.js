/**
 * What the buttons and keys of the drawing page do, and the word that says so.
 *
 * Each tool is a method; `main.js` gives it a button, `shortcuts.js` a key.
 */
import { copyText, download, pictureOf, pictureWithBoxes } from "./sharing.js";

export class Tools {
  #drawing;
  #seen;
  #status;
  #messages;

  /**
   * @param {object} parts drawing, status and messages, each an instance of that class, and
   *   seen: `() => {answer: object | null, image: HTMLImageElement | null}`, what is looked at now;
   *   an image is a picture that was given
   */
  constructor({ drawing, seen, status, messages }) {
    this.#drawing = drawing;
    this.#seen = seen;
    this.#status = status;
    this.#messages = messages;
  }

  undo = () => {
    if (!this.#drawing.canUndo) return;
    this.#drawing.undo();
    this.say("pad.undone");
  };

  redo = () => {
    if (!this.#drawing.canRedo) return;
    this.#drawing.redo();
    this.say("pad.redone");
  };

  clear = () => {
    if (this.#drawing.isEmpty) return;
    this.#drawing.clear();
    this.say("pad.cleared");
  };

  copy = async () => {
    const { answer, image } = this.#seen();
    if (image === null && this.#drawing.isEmpty) return this.say("answer.blank");
    if (image !== null && answer === null) return this.say("share.no_answer");
    const document = image === null ? this.#drawing.toDocument() : {};
    if (answer !== null) document.answer = withoutPictures(answer);
    const isCopied = await copyText(JSON.stringify(document));
    this.say(isCopied ? copiedWith(answer) : "share.not_copied");
  };

  /** @param {number} penWidth thousandths of the side */
  save = async (penWidth) => {
    const { answer, image } = this.#seen();
    if (image === null && this.#drawing.isEmpty) return this.say("answer.blank");
    const picture = await (image === null
      ? pictureOf(this.#drawing.strokes, penWidth)
      : pictureWithBoxes(image, answer?.digits ?? []));
    if (picture !== null) download(picture, "net.png");
    this.say(picture === null ? "share.not_saved" : "share.saved");
  };

  /** Say what has just been done. @param {string} key @param {object} values by placeholder */
  say(key, values = {}) {
    // What the network has to say matters more than what a person has just done.
    if (!this.#status.isTrouble) this.#status.flash(this.#messages.text(key, values));
  }
}

function copiedWith(answer) {
  return answer === null ? "share.copied" : "share.copied_with_answer";
}

/** The answer as a program gets it that wants no pictures. @param {object} answer */
function withoutPictures(answer) {
  const digits = answer.digits.map((digit) => ({ ...digit, image: undefined }));
  return { ...answer, digits };
}
