/** A mark on all ink of an answer that is not read as a digit, on the drawing or on the picture. */
import { placeBox } from "./boxes-view.js";

export class LeftOutView {
  #layer;

  /** @param {HTMLElement} layer lies over what the marks are about; nothing can be done with them */
  constructor(layer) {
    this.#layer = layer;
  }

  /**
   * @param {object[]} leftOut of an answer; none takes the marks away
   * @param {{width: number, height: number}} extent of what they lie on, in the boxes' unit
   */
  show(leftOut, extent) {
    const marks = leftOut.map(({ box }) => {
      const mark = document.createElement("div");
      mark.className = "left-out";
      placeBox(mark, box, extent);
      return mark;
    });
    this.#layer.replaceChildren(...marks);
  }
}
