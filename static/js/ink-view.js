/**
 * Show a drawing's ink on the page's canvas, crisp on every screen.
 *
 * It repaints from the strokes at most once a frame: when they change, when the canvas gets another
 * size or pixel ratio, when colours change, and when a browser may have lost the canvas. It never
 * reads pixels back: some browsers add noise to them.
 */
import { paintStrokes } from "./ink.js";
import { SIDE } from "./stroke.js";

const COLOURS = ["(forced-colors: active)", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"];
const MOST_PIXELS = 4_096; // a side; without its style sheet the canvas would grow with its pixels

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
    drawing.addEventListener("change", this.#repaint);
    this.#watchSize();
    this.#watchRatio();
    this.#watchColours();
    this.#watchLosses();
  }

  /** @param {number} width of the pen, thousandths of the side */
  set width(width) {
    this.#width = width;
    this.#repaint();
  }

  #repaint = () => {
    this.#frame ??= requestAnimationFrame(this.#paint);
  };

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

  /** Without that box, nobody tells of a window that goes to a screen of another pixel ratio. */
  #watchRatio() {
    const ratio = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const onChange = () => {
      this.#fit({ contentRect: { width: this.#canvas.clientWidth } });
      this.#watchRatio();
    };
    ratio.addEventListener("change", onChange, { once: true });
  }

  #watchColours() {
    // Watches the whole root, since the theme may be switched here or by the system.
    const theme = new MutationObserver(this.#repaint);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    for (const query of COLOURS) matchMedia(query).addEventListener("change", this.#repaint);
  }

  /** A driver that starts anew and a long rest in the background take the pixels away. */
  #watchLosses() {
    this.#canvas.addEventListener("contextrestored", this.#repaint);
    document.addEventListener("visibilitychange", this.#repaint);
    addEventListener("pageshow", this.#repaint);
  }

  #fit(entry) {
    const side = Math.min(sideInPixels(entry), MOST_PIXELS);
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
