/**
 * Tell what a touch on the pad is: a finger that draws, a palm, or one of the fingers of a gesture.
 *
 * A palm is broad beside a finger, or a touch beside a pen. School boards report every touch as
 * broad, so a lone one draws. Two fingers zoom and scroll, which the browser does.
 */
const HAND_REST = 3000; // milliseconds that a hand rests beside a pen between two strokes
const HOVER_MEMORY = 500; // milliseconds; a pen that hovers never holds still for so long
const BROAD = 90; // CSS pixels; fingertips report 20 to 60

export class Contacts {
  #touches = new Map(); // pointer ids of what touches the pad, and whether it is broad
  #isGesture = false;
  #penTouched = -Infinity; // times of events
  #penHovered = -Infinity;

  /** Note that a pen is near, or has gone. @param {PointerEvent} event */
  watch(event) {
    if (event.pointerType !== "pen") return;
    if (event.type === "pointerleave") this.#penHovered = -Infinity;
    else if (event.buttons === 0) this.#penHovered = event.timeStamp;
    else this.#penTouched = event.timeStamp;
  }

  /**
   * Say what has just landed on the pad.
   *
   * @param {PointerEvent} event of type "pointerdown"
   * @returns {"draws" | "rests" | "palm" | "gesture"} "rests": a touch for which a pen is too near
   */
  land(event) {
    if (event.pointerType !== "touch") return "draws";
    if (event.isPrimary) this.forget(); // the end of an earlier touch was never told
    if (this.#isBesidePen(event)) return "rests";
    const others = [...this.#touches.values()];
    const isBroad = isBroadTouch(event);
    this.#touches.set(event.pointerId, isBroad);
    if (this.#isGesture) return "gesture";
    if (others.every((isOtherBroad) => isOtherBroad && !isBroad)) return "draws";
    if (isBroad && others.includes(false)) return "palm";
    this.#isGesture = true;
    return "gesture";
  }

  /** Note that a touch has ended. @param {PointerEvent} event */
  lift(event) {
    this.#touches.delete(event.pointerId);
    if (this.#touches.size === 0) this.#isGesture = false;
  }

  /** Count on no touch that is still there. */
  forget() {
    this.#touches.clear();
    this.#isGesture = false;
  }

  #isBesidePen({ timeStamp }) {
    return timeStamp - this.#penTouched < HAND_REST || timeStamp - this.#penHovered < HOVER_MEMORY;
  }
}

/** @param {PointerEvent} event @returns {boolean} whether it may be a palm */
export function isBroadTouch({ pointerType, width, height }) {
  return pointerType === "touch" && Math.max(width, height) > BROAD;
}
