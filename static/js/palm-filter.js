/**
 * Tell the palm of a hand that holds a pen from a finger that draws.
 *
 * Browsers report a resting palm as touches: large ones, or touches around the time of a pen.
 */
const PEN_MEMORY_MILLISECONDS = 3000; // a hand rests on between two strokes
const PALM_SIZE = 90; // CSS pixels; fingertips report 20 to 60

export class PalmFilter {
  #lastPenTime = -Infinity;

  /** Note that a pen is near. @param {PointerEvent} event */
  watch(event) {
    if (event.pointerType === "pen") this.#lastPenTime = event.timeStamp;
  }

  /** @param {PointerEvent} event @returns {boolean} */
  isPalm(event) {
    if (event.pointerType !== "touch") return false;
    const isBesidePen = event.timeStamp - this.#lastPenTime < PEN_MEMORY_MILLISECONDS;
    return isBesidePen || Math.max(event.width, event.height) > PALM_SIZE;
  }
}
