/** Show how a task may be written: an example under the ink, written stroke by stroke. */
import { addPoint, emptyStroke } from "./stroke.js";
import { exampleOf } from "./practice-examples.js";

const POINTS_A_FRAME = 1;
const PAUSE = 12; // frames between two strokes

export class PracticeExample extends EventTarget {
  #drawing;
  #canvas;
  #messages;
  #frame = null;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");
  isShown = false;

  /**
   * @param {import("./drawing.js").Drawing} drawing of nothing but examples
   * @param {HTMLCanvasElement} canvas on which it is shown
   * @param {import("./messages.js").Messages} messages
   */
  constructor(drawing, canvas, messages) {
    super();
    this.#drawing = drawing;
    this.#canvas = canvas;
    this.#messages = messages;
    this.hide();
  }

  /** @param {string} text digits, whose example is written */
  show(text) {
    this.hide();
    this.isShown = true;
    this.#canvas.hidden = false;
    this.#canvas.setAttribute("aria-label", this.#messages.text("practice.example", { text }));
    const strokes = exampleOf(text);
    if (this.#calm.matches) for (const stroke of strokes) this.#drawing.add(stroke);
    else this.#write(strokes);
    this.#tell();
  }

  hide() {
    cancelAnimationFrame(this.#frame);
    this.isShown = false;
    this.#canvas.hidden = true;
    this.#drawing.clear();
    this.#tell();
  }

  /** Write point by point, as a hand does. */
  #write(strokes) {
    const steps = strokes.flatMap((stroke) => {
      const growing = emptyStroke();
      const points = stroke.x.map((_, at) => () => this.#extend(growing, stroke, at));
      return [...points, ...Array.from({ length: PAUSE }, () => () => {})];
    });
    const go = () => {
      for (const step of steps.splice(0, POINTS_A_FRAME * Math.ceil(strokes.length / 2))) step();
      if (steps.length > 0) this.#frame = requestAnimationFrame(go);
    };
    go();
  }

  #extend(growing, { x, y, t, p }, at) {
    addPoint(growing, { x: x[at], y: y[at], t: t[at], p: p[at] });
    if (at === 0) this.#drawing.add(growing);
    else this.#drawing.grow();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}
