/**
 * Show a drawing's ink on the page's canvas, crisp on every screen.
 *
 * It repaints from the strokes at most once a frame, and whenever the canvas gets another size or
 * pixel ratio. It never reads pixels back: some browsers add noise to them.
 */
import { paintStrokes } from "./ink.js";
import { SIDE } from "./stroke.js";

export class InkView {
  #canvas;
  #context;
  #drawing;
  #width;
  #frame = null;

  /**
   * @param {HTMLCanvasElement} canvas its CSS `color` is the ink's
   * @param {import("./drawing.js").Drawing} drawing
   * @param {number} width of the pen, thousandths of the side
   */
  constructor(canvas, drawing, width) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#drawing = drawing;
    this.#width = width;
    drawing.addEventListener("change", () => this.repaint());
    this.#watchSize();
  }

  /** @param {number} width of the pen, thousandths of the side */
  set width(width) {
    this.#width = width;
    this.repaint();
  }

  /** Paint again before the next frame, for instance because the theme has changed. */
  repaint() {
    this.#frame ??= requestAnimationFrame(this.#paint);
  }

  #paint = () => {
    this.#frame = null;
    const { width, height } = this.#canvas;
    const colour = getComputedStyle(this.#canvas).color;
    this.#context.clearRect(0, 0, width, height);
    this.#context.fillStyle = colour;
    this.#context.strokeStyle = colour;
    const pen = { scale: width / SIDE, width: this.#width };
    paintStrokes(this.#context, this.#drawing.strokes, pen);
  };

  #watchSize() {
    const observer = new ResizeObserver(([entry]) => this.#fit(entry));
    try {
      observer.observe(this.#canvas, { box: "device-pixel-content-box" });
    } catch {
      // Safari has no such box; its size times the ratio is off by a pixel at most.
      observer.observe(this.#canvas);
    }
  }

  #fit(entry) {
    const side = sideInPixels(entry);
    if (side === 0) return;
    this.#canvas.width = side;
    this.#canvas.height = side;
    // Setting the size has emptied the canvas; waiting for a frame would show that.
    this.#paint();
  }
}

/** The side of the square in the screen's own pixels. @param {ResizeObserverEntry} entry */
function sideInPixels(entry) {
  const computed = Math.round(entry.contentRect.width * devicePixelRatio);
  const measured = entry.devicePixelContentBoxSize?.[0]?.inlineSize ?? computed;
  // Emulated screens (developer tools) report the pixels of the real one.
  return Math.abs(measured - computed) <= 1 ? measured : computed;
}
