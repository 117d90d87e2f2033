/**
 * What the buttons and keys of the drawing page do.
 *
 * Each tool is a method; `main.js` gives it a button, `shortcuts.js` a key.
 */
import { copyText, download, pictureOf } from "./sharing.js";

export class Tools {
  #drawing;
  #status;
  #messages;

  /** @param {object} parts drawing, status and messages, each an instance of that class */
  constructor({ drawing, status, messages }) {
    this.#drawing = drawing;
    this.#status = status;
    this.#messages = messages;
  }

  undo = () => {
    if (!this.#drawing.canUndo) return;
    this.#drawing.undo();
    this.#flash("pad.undone");
  };

  redo = () => {
    if (!this.#drawing.canRedo) return;
    this.#drawing.redo();
    this.#flash("pad.redone");
  };

  clear = () => {
    if (this.#drawing.isEmpty) return;
    this.#drawing.clear();
    this.#flash("pad.cleared");
  };

  copy = async () => {
    const isCopied = await copyText(JSON.stringify(this.#drawing.toDocument()));
    this.#flash(isCopied ? "share.copied" : "share.not_copied");
  };

  /** @param {number} penWidth thousandths of the side */
  save = async (penWidth) => {
    const picture = await pictureOf(this.#drawing.strokes, penWidth);
    if (picture !== null) download(picture, "net.png");
    this.#flash(picture === null ? "share.not_saved" : "share.saved");
  };

  #flash(key) {
    // What the network has to say matters more than what a person has just done.
    if (!this.#status.isTrouble) this.#status.flash(this.#messages.text(key));
  }
}
