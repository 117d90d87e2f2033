/**
 * The second step: the picture of 28x28 pixels, and around it the eight direction maps.
 *
 * Each map stands on that side of the picture to which the pen moved, and shows the picture under
 * it, so that one sees where.
 */
import { colourOf, paintMap, placeKey, tint } from "./inside-maps.js";
import { paintPixels } from "./inside-subject.js";

// Row by row around the picture; direction k is k * 45 degrees, 0 to the right and 2 downwards.
const AROUND = [5, 6, 7, 4, null, 0, 3, 2, 1];
const ARROWS = ["→", "↘", "↓", "↙", "←", "↖", "↑", "↗"];

export class InsideSight {
  #rose;
  #messages;
  #figures = new Map();

  /** @param {HTMLElement} root @param {import("./messages.js").Messages} messages */
  constructor(root, messages) {
    this.#rose = root.querySelector("[data-part=rose]");
    this.#messages = messages;
    for (const direction of AROUND) this.#add(direction);
  }

  /** @param {import("./inside-subject.js").Subject} subject */
  show(subject) {
    const { directions } = subject.explanation;
    const picture = this.#figures.get(null);
    paintPixels(picture.canvas.getContext("2d"), subject.seen);
    picture.canvas.setAttribute("aria-label", this.#messages.text("sight.picture"));
    this.#rose.toggleAttribute("data-alone", directions === null);
    for (const [direction, { figure, canvas }] of this.#figures) {
      if (direction === null) continue;
      figure.hidden = directions === null;
      if (directions !== null) this.#showDirection(canvas, direction, subject);
    }
  }

  #add(direction) {
    const figure = document.createElement("figure");
    const canvas = document.createElement("canvas");
    canvas.width = direction === null ? 28 : 84;
    canvas.height = canvas.width;
    canvas.setAttribute("role", "img");
    figure.append(canvas);
    if (direction !== null) {
      const arrow = document.createElement("span");
      arrow.textContent = ARROWS[direction];
      arrow.setAttribute("aria-hidden", "true");
      figure.append(arrow);
    }
    this.#rose.append(figure);
    this.#figures.set(direction, { figure, canvas });
  }

  #showDirection(canvas, direction, subject) {
    const { directions } = subject.explanation;
    const context = canvas.getContext("2d");
    paintMap(canvas, directions, subject.sheetOf.get(directions), direction);
    tint(canvas, colourOf(canvas, "--glow"));
    context.save();
    context.globalCompositeOperation = "screen";
    context.globalAlpha = 0.3;
    paintPixels(context, subject.seen);
    context.restore();
    const map = directions.maps.find(({ channel }) => channel === direction);
    const key = map.largest > 0 ? "sight.direction" : "sight.no_direction";
    const facts = {
      direction: this.#messages.text(`direction.${direction}`),
      place: this.#messages.text(placeKey(map, directions)),
    };
    canvas.setAttribute("aria-label", this.#messages.text(key, facts));
  }
}
