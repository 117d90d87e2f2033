/**
 * The picture that a person has given, on the sheet in place of the drawing.
 *
 * It shows the file itself, turned upright by the browser as by the server, and under it how far
 * the reading has come. What is done with the buttons is for `picture-desk.js`.
 */
const TINY = 200; // pixels; what has fewer is shown with its pixels, and not blurred

export class PictureView {
  #stage;
  #frame;
  #image;
  #bar;
  #progress;

  /**
   * @param {HTMLElement} stage has the `data-part`s frame and image
   * @param {HTMLElement} bar has the `data-part` progress
   */
  constructor(stage, bar) {
    this.#stage = stage;
    this.#frame = stage.querySelector("[data-part=frame]");
    this.#image = stage.querySelector("[data-part=image]");
    this.#bar = bar;
    this.#progress = bar.querySelector("[data-part=progress]");
    this.#image.addEventListener("load", () => this.#fit());
    this.#image.addEventListener("error", () => {
      this.#frame.hidden = true; // a browser may lack what the server can read
    });
  }

  /** @returns {{width: number, height: number}} pixels of the upright picture; 0 if it is not shown */
  get extent() {
    return { width: this.#image.naturalWidth, height: this.#image.naturalHeight };
  }

  /** @returns {HTMLImageElement} what is shown */
  get image() {
    return this.#image;
  }

  /** Wait until the picture's size is known, or known to stay unknown. */
  async measured() {
    await this.#image.decode().catch(() => {});
  }

  /** @param {File} file */
  open(file) {
    this.close();
    this.#image.src = URL.createObjectURL(file);
    this.#frame.hidden = false;
    this.#stage.hidden = false;
    this.#bar.hidden = false;
  }

  close() {
    if (this.#image.src) URL.revokeObjectURL(this.#image.src);
    this.#image.removeAttribute("src");
    this.#stage.hidden = true;
    this.#bar.hidden = true;
  }

  /** @param {"sending" | "reading" | "read" | "failed"} state */
  set state(state) {
    this.#bar.dataset.state = state;
    this.#progress.hidden = state !== "sending" && state !== "reading";
    if (state === "reading") this.#progress.removeAttribute("value");
  }

  /** @param {number} share that has been sent, from 0 to 1 */
  set sent(share) {
    this.#progress.value = share;
  }

  /** Let the frame be as large as the sheet allows, so that a share of it is one of the picture. */
  #fit() {
    const { width, height } = this.extent;
    this.#frame.style.width = `${100 * Math.min(1, width / height)}%`;
    this.#frame.style.aspectRatio = `${width} / ${height}`;
    this.#image.toggleAttribute("data-tiny", Math.max(width, height) < TINY);
  }
}
