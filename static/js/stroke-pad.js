/**
 * A surface that records what one pointer draws on it: mouse, finger or pen.
 *
 * It knows no ink, no history and no server. It dispatches "strokestart" with `detail.stroke`,
 * "strokegrow", "strokeend", and "strokedrop" (`detail.stroke`) when it turns out to be no drawing.
 */
import { PalmFilter } from "./palm-filter.js";
import { addPoint, emptyStroke, SIDE } from "./stroke.js";

const PAUSE_MILLISECONDS = 500; // between a drawing taken up again and its next stroke

export class StrokePad extends EventTarget {
  #surface;
  #palm = new PalmFilter();
  #pointer = null; // {id, type} of the pointer that draws; others are ignored
  #stroke = null;
  #timeOrigin = null; // event time that stands for t = 0

  /** @param {HTMLElement} surface a square, with `touch-action: none` */
  constructor(surface) {
    super();
    this.#surface = surface;
    surface.addEventListener("pointerdown", this.#begin);
    surface.addEventListener("pointermove", this.#move);
    surface.addEventListener("pointerup", this.#end);
    surface.addEventListener("pointercancel", this.#cancel);
    surface.addEventListener("lostpointercapture", this.#end);
    surface.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /** Time the next strokes after those that are there. @param {number} milliseconds of the last */
  continueAfter(milliseconds) {
    this.#timeOrigin = performance.now() - milliseconds - PAUSE_MILLISECONDS;
  }

  /** Go on with a stroke that began on something over the surface. @param {PointerEvent} event */
  takeUp(event) {
    this.#begin(event);
  }

  #begin = (event) => {
    this.#palm.watch(event);
    if (event.button !== 0) return;
    event.preventDefault();
    if (this.#palm.isPalm(event) || !this.#isFreeFor(event)) return;
    this.#pointer = { id: event.pointerId, type: event.pointerType };
    this.#surface.setPointerCapture(event.pointerId);
    this.#timeOrigin ??= event.timeStamp;
    this.#stroke = emptyStroke();
    addPoint(this.#stroke, this.#pointOf(event));
    this.#tell("strokestart", { stroke: this.#stroke });
  };

  /** A pen takes over from a touch: the palm often lands before it. */
  #isFreeFor(event) {
    if (this.#pointer === null) return true;
    if (event.pointerType !== "pen" || this.#pointer.type !== "touch") return false;
    this.#drop();
    return true;
  }

  #move = (event) => {
    this.#palm.watch(event);
    if (event.pointerId !== this.#pointer?.id) return;
    // A mouse released outside the window may never say so.
    if (event.buttons === 0) return this.#end(event);
    if (this.#record(event)) this.#tell("strokegrow");
  };

  #record(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    let hasGrown = false;
    for (const one of events.length > 0 ? events : [event]) {
      hasGrown = addPoint(this.#stroke, this.#pointOf(one)) || hasGrown;
    }
    return hasGrown;
  }

  #end = (event) => {
    if (event.pointerId !== this.#pointer?.id) return;
    this.#pointer = null;
    this.#stroke = null;
    this.#tell("strokeend");
  };

  #cancel = (event) => {
    if (event.pointerId !== this.#pointer?.id) return;
    // Browsers cancel the touch that they have found to be a palm or a gesture.
    if (this.#pointer.type === "touch") this.#drop();
    else this.#end(event);
  };

  #drop() {
    const stroke = this.#stroke;
    this.#pointer = null;
    this.#stroke = null;
    this.#tell("strokedrop", { stroke });
  }

  #pointOf(event) {
    const box = this.#surface.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * SIDE,
      y: ((event.clientY - box.top) / box.height) * SIDE,
      t: event.timeStamp - this.#timeOrigin,
      p: event.pressure,
    };
  }

  #tell(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
