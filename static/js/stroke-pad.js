/**
 * A surface that records what one pointer draws on it: mouse, finger or pen.
 *
 * It knows no ink, no history and no server. It dispatches "strokestart" with `detail.stroke`,
 * "strokegrow", "strokeend", and "strokedrop" (`detail.stroke`) when it turns out to be no drawing;
 * "erasestart" and "erase" (`detail.from` and `detail.to`, points) while the eraser moves; and
 * "rest" when a finger tries to draw beside a pen.
 */
import { Contacts, isBroadTouch } from "./contacts.js";
import { addPoint, emptyStroke, extentOf, SIDE } from "./stroke.js";

const PAUSE_MILLISECONDS = 500; // between a drawing taken up again and its next stroke
const INSTANT = 150; // milliseconds; a shorter touch without way is a tap by accident
const WAY = 10; // thousandths of the side that a finger moves when it means to
const PALM_WAY = 60; // a resting palm moves less
const ERASER_END = 5; // `button` of a pen that is turned round
const ERASER_ENDS = 32; // the same in `buttons`

export class StrokePad extends EventTarget {
  #surface;
  #contacts = new Contacts();
  #pointer = null; // {id, type, isBroad, isEraser, since} of the pointer that draws
  #stroke = null;
  #erased = null; // point at which the eraser was last
  #resting = null; // {id, x, y} of a finger that must not draw beside a pen
  #timeOrigin = null; // event time that stands for t = 0
  isErasing = false; // every pointer is an eraser

  /** @param {HTMLElement} surface a square, with `touch-action: pinch-zoom` */
  constructor(surface) {
    super();
    this.#surface = surface;
    surface.addEventListener("pointerdown", this.#begin);
    surface.addEventListener("pointermove", this.#move);
    surface.addEventListener("pointerup", this.#end);
    surface.addEventListener("pointercancel", this.#cancel);
    surface.addEventListener("lostpointercapture", this.#end);
    surface.addEventListener("pointerleave", (event) => this.#contacts.watch(event));
    surface.addEventListener("contextmenu", (event) => event.preventDefault());
    keepScribbleAway(surface);
  }

  /** @returns {boolean} whether something is being drawn or erased */
  get isBusy() {
    return this.#pointer !== null;
  }

  /** Time the next strokes after those that are there. @param {number} milliseconds of the last */
  continueAfter(milliseconds) {
    this.#timeOrigin = performance.now() - milliseconds - PAUSE_MILLISECONDS;
  }

  /** Go on with a stroke that began on something over the surface. @param {PointerEvent} event */
  takeUp(event) {
    this.#begin(event);
  }

  /** End what is being drawn: its own end will not be told, since the page is left. */
  release() {
    this.#contacts.forget();
    if (this.isBusy) this.#finish();
  }

  #begin = (event) => {
    this.#contacts.watch(event);
    if (event.button !== 0 && event.button !== ERASER_END) return;
    event.preventDefault();
    const contact = this.#contacts.land(event);
    if (contact === "rests") this.#resting = { id: event.pointerId, ...this.#pointOf(event) };
    if (contact === "gesture" && this.#pointer?.type === "touch") this.#drop();
    if (contact === "draws" && this.#isFreeFor(event)) this.#start(event);
  };

  /** A pen takes over from a touch, and a finger from a palm: palms often land before them. */
  #isFreeFor(event) {
    if (!this.isBusy) return true;
    const isAfterPalm = this.#pointer.isBroad && event.pointerType === "touch" && !event.isPrimary;
    if (isAfterPalm || (event.pointerType === "pen" && this.#pointer.type === "touch")) this.#drop();
    // The system may have swallowed the end of a stroke; nobody draws with two primary pointers.
    else if (event.isPrimary) this.#finish();
    return !this.isBusy;
  }

  #start(event) {
    const { pointerId: id, pointerType: type, timeStamp: since } = event;
    const isEraser = this.isErasing || event.button === ERASER_END;
    this.#pointer = { id, type, since, isEraser, isBroad: isBroadTouch(event) };
    capture(this.#surface, id);
    this.#timeOrigin ??= since;
    const point = this.#pointOf(event);
    if (isEraser) {
      this.#tell("erasestart");
      this.#erase(point);
      return;
    }
    this.#stroke = emptyStroke();
    addPoint(this.#stroke, point);
    this.#tell("strokestart", { stroke: this.#stroke });
  }

  #move = (event) => {
    this.#contacts.watch(event);
    if (event.pointerId === this.#resting?.id) this.#complain(event);
    if (event.pointerId !== this.#pointer?.id) return;
    // A mouse released outside the window may never say so.
    if (event.buttons === 0) this.#end(event);
    else if (this.#pointer.isEraser) this.#erase(this.#pointOf(event));
    else if (this.#record(event)) this.#tell("strokegrow");
  };

  #record(event) {
    const events = event.getCoalescedEvents?.() ?? [];
    let hasGrown = false;
    for (const one of events.length > 0 ? events : [event]) {
      hasGrown = addPoint(this.#stroke, this.#pointOf(one)) || hasGrown;
    }
    return hasGrown;
  }

  #erase(to) {
    this.#tell("erase", { from: this.#erased ?? to, to });
    this.#erased = to;
  }

  /** A finger that means to draw, and does not know why it cannot, is told. */
  #complain(event) {
    const { x, y } = this.#pointOf(event);
    if (Math.hypot(x - this.#resting.x, y - this.#resting.y) < PALM_WAY) return;
    this.#resting = null;
    this.#tell("rest");
  }

  #end = (event) => {
    this.#contacts.lift(event);
    if (event.pointerId === this.#resting?.id) this.#resting = null;
    if (event.pointerId !== this.#pointer?.id) return;
    if (this.#isAccident(event)) this.#drop();
    else this.#finish();
  };

  #isAccident({ timeStamp }) {
    const { type, since, isBroad, isEraser } = this.#pointer;
    if (type !== "touch" || isEraser) return false;
    const way = extentOf(this.#stroke);
    return isBroad ? way < PALM_WAY : way < WAY && timeStamp - since < INSTANT;
  }

  #cancel = (event) => {
    this.#contacts.lift(event);
    if (event.pointerId !== this.#pointer?.id) return;
    // Browsers cancel the touch that they have found to be a palm or a gesture.
    if (this.#pointer.type === "touch") this.#drop();
    else this.#finish();
  };

  #finish() {
    this.#pointer = null;
    this.#stroke = null;
    this.#erased = null;
    this.#tell("strokeend");
  }

  #drop() {
    const stroke = this.#stroke;
    this.#pointer = null;
    this.#stroke = null;
    this.#erased = null;
    if (stroke !== null) this.#tell("strokedrop", { stroke });
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

/**
 * Keep iPadOS from reading a quick stroke of its pencil as handwriting, of which we would not hear.
 *
 * A prevented "touchstart" of a finger would keep Chromium from zooming with two of them.
 */
function keepScribbleAway(surface) {
  const isStylus = ({ touchType }) => touchType === "stylus";
  surface.addEventListener(
    "touchstart",
    (event) => [...event.touches].every(isStylus) && event.preventDefault(),
    { passive: false },
  );
  surface.addEventListener(
    "touchmove",
    (event) => event.touches.length < 2 && event.cancelable && event.preventDefault(),
    { passive: false },
  );
}

function capture(surface, pointerId) {
  try {
    surface.setPointerCapture(pointerId);
  } catch {
    // The pointer has gone already: its end comes without being captured.
  }
}
