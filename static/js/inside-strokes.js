/** The first step: the strokes as they were drawn, one after the other, at the pen's own speed. */
import { paintStrokes } from "./ink.js";
import { colourOf, placeKey } from "./inside-maps.js";
import { SIDE } from "./stroke.js";

const LONGEST = 4_000; // milliseconds that a replay takes at most
const LONGEST_PAUSE = 400; // milliseconds between two strokes
const WIDTH = 30; // of the pen, thousandths of the side
const THIRDS = { height: 1, width: 1 };

export class InsideStrokes {
  #root;
  #canvas;
  #button;
  #messages;
  #subject = null;
  #frame = null;
  #still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {HTMLElement} root @param {import("./messages.js").Messages} messages */
  constructor(root, messages) {
    this.#root = root;
    this.#canvas = root.querySelector("canvas");
    this.#button = root.querySelector("button");
    this.#messages = messages;
    this.#button.addEventListener("click", () => this.play());
  }

  /** @param {import("./inside-subject.js").Subject} subject */
  show(subject) {
    this.#subject = subject;
    this.#root.hidden = subject.strokes === null;
    if (subject.strokes === null) return;
    this.#button.hidden = this.#still.matches;
    this.#stop();
    this.#paint(subject.strokes);
    this.#canvas.setAttribute("aria-label", this.#described(subject));
  }

  /** Draw the strokes anew, as they were drawn; who wants no motion sees them with their order. */
  play() {
    if (this.#still.matches || this.#subject?.strokes == null) return;
    const { strokes } = this.#subject;
    const times = timesOf(strokes);
    const end = times.at(-1)?.at(-1) ?? 0;
    const speed = Math.max(1, end / LONGEST);
    const began = performance.now();
    this.#stop();
    const step = (now) => {
      const passed = (now - began) * speed;
      this.#paint(strokes.map((stroke, index) => until(stroke, times[index], passed)));
      this.#frame = passed < end ? requestAnimationFrame(step) : null;
    };
    this.#frame = requestAnimationFrame(step);
  }

  #stop() {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }

  #paint(strokes) {
    const context = this.#canvas.getContext("2d");
    const scale = this.#canvas.width / SIDE;
    const { chosen } = this.#subject;
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    strokes.forEach((stroke, index) => {
      if (stroke.x.length === 0) return;
      const colour = colourOf(this.#canvas, chosen.includes(index) ? "--ink" : "--edge");
      context.fillStyle = colour;
      context.strokeStyle = colour;
      paintStrokes(context, [stroke], { scale, width: WIDTH });
    });
    strokes.forEach((stroke, index) => {
      if (stroke.x.length > 0) this.#paintNumber(context, stroke, index + 1, scale);
    });
  }

  #paintNumber(context, { x, y }, number, scale) {
    const radius = 26 * scale;
    context.beginPath();
    context.arc(x[0] * scale, y[0] * scale, radius, 0, 2 * Math.PI);
    context.fillStyle = colourOf(this.#canvas, "--sheet");
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = colourOf(this.#canvas, "--text");
    context.stroke();
    context.fillStyle = colourOf(this.#canvas, "--text");
    context.font = `600 ${1.3 * radius}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(String(number), x[0] * scale, y[0] * scale);
  }

  #described({ strokes }) {
    const place = (x, y) => placeKey({ row: y / SIDE - 0.5, column: x / SIDE - 0.5 }, THIRDS);
    const sentences = strokes.slice(0, 10).map(({ x, y }, index) =>
      this.#messages.text("strokes.one", {
        number: index + 1,
        from: this.#messages.text(place(x[0], y[0])),
        to: this.#messages.text(place(x.at(-1), y.at(-1))),
      }),
    );
    return this.#messages.text("strokes.all", {
      count: strokes.length,
      strokes: sentences.join(" "),
    });
  }
}

/** When each point was drawn, milliseconds from the first; long pauses are made shorter. */
function timesOf(strokes) {
  let end = 0;
  return strokes.map(({ t }, index) => {
    const before = strokes[index - 1]?.t.at(-1) ?? t[0];
    const start = end + Math.min(LONGEST_PAUSE, Math.max(0, t[0] - before));
    const times = t.map((time) => start + Math.max(0, time - t[0]));
    end = times.at(-1);
    return times;
  });
}

/** The part of a stroke that had been drawn at a time. */
function until(stroke, times, passed) {
  const count = times.filter((time) => time <= passed).length;
  return { x: stroke.x.slice(0, count), y: stroke.y.slice(0, count), p: stroke.p.slice(0, count) };
}
