/**
 * One layer: its most active maps, all of them on demand, and one large over the drawing.
 *
 * The maps are one stop of the Tab key; arrow keys go from one to the next.
 */
import { colourOf, paintMap, placeKey, tint } from "./inside-maps.js";

const FEW = 8; // maps that are shown at first
const LARGE = 560; // pixels of the large one's side
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class InsideLayer {
  element = document.createElement("section");
  #messages;
  #number;
  #kind;
  #grid = document.createElement("div");
  #more = document.createElement("button");
  #large = document.createElement("figure");
  #subject = null;
  #layer = null;
  #isWhole = false;
  #channel = null; // of the large one

  /**
   * @param {number} number from 1
   * @param {"first" | "middle" | "last"} kind
   * @param {import("./messages.js").Messages} messages
   */
  constructor(number, kind, messages) {
    this.#messages = messages;
    this.#number = number;
    this.#kind = kind;
    this.element.className = "inside-layer";
    this.#grid.className = "inside-grid";
    this.#grid.setAttribute("role", "group");
    this.#more.className = "quiet-button";
    this.#more.type = "button";
    this.#large.className = "inside-large";
    this.#large.append(square(LARGE), document.createElement("figcaption"));
    this.#large.firstElementChild.setAttribute("role", "img");
    const [heading, sentence] = [document.createElement("h4"), document.createElement("p")];
    this.element.append(heading, sentence, this.#grid, this.#more, this.#large);
    this.#more.addEventListener("click", () => this.#turn());
    this.#grid.addEventListener("keydown", this.#onKey);
  }

  /** @param {import("./inside-subject.js").Subject} subject @param {object} layer of it */
  show(subject, layer) {
    this.#subject = subject;
    this.#layer = layer;
    const { channels: count, width, height } = layer;
    const heading = this.#text("layer.heading", { number: this.#number, count, width, height });
    this.element.querySelector("h4").textContent = heading;
    this.element.querySelector("p").textContent = this.#text(`layer.${this.#kind}`);
    this.#grid.setAttribute("aria-label", heading);
    this.#more.hidden = count <= FEW;
    this.#more.textContent = this.#text(this.#isWhole ? "layer.fewer" : "layer.all", { count });
    this.#showMaps();
    this.#showLarge();
  }

  #turn() {
    this.#isWhole = !this.#isWhole;
    this.show(this.#subject, this.#layer);
  }

  #showMaps() {
    const maps = this.#isWhole ? this.#layer.maps : this.#layer.maps.slice(0, FEW);
    const { children } = this.#grid;
    while (children.length > maps.length) this.#grid.lastElementChild.remove();
    while (children.length < maps.length) this.#grid.append(this.#button());
    maps.forEach((map, index) => this.#fill(children[index], map));
    const chosen = maps.findIndex(({ channel }) => channel === this.#channel);
    [...children].forEach((button, index) => {
      button.setAttribute("aria-pressed", String(index === chosen));
      button.tabIndex = index === Math.max(0, chosen) ? 0 : -1;
    });
  }

  #button() {
    const button = document.createElement("button");
    button.type = "button";
    button.append(square(this.#layer.width));
    button.addEventListener("click", () => {
      const channel = Number(button.dataset.channel);
      this.#channel = channel === this.#channel ? null : channel;
      this.#showMaps();
      this.#showLarge();
    });
    return button;
  }

  #fill(button, map) {
    button.dataset.channel = String(map.channel);
    button.setAttribute("aria-label", this.#described(map, "layer.map"));
    const canvas = button.firstElementChild;
    paintMap(canvas, this.#layer, this.#subject.sheetOf.get(this.#layer), map.channel);
  }

  #showLarge() {
    const map = this.#layer.maps.find(({ channel }) => channel === this.#channel);
    this.#large.hidden = map === undefined;
    if (map === undefined) return;
    const [canvas, caption] = this.#large.children;
    paintMap(canvas, this.#layer, this.#subject.sheetOf.get(this.#layer), map.channel);
    tint(canvas, colourOf(canvas, "--glow"));
    this.#subject.paint(canvas.getContext("2d"), "#fff", 0.3);
    caption.textContent = this.#described(map, "layer.large");
    canvas.setAttribute("aria-label", caption.textContent);
  }

  #described(map, key) {
    const place = this.#text(placeKey(map, this.#layer));
    return this.#text(map.largest > 0 ? key : "layer.silent", { number: map.channel + 1, place });
  }

  #onKey = (event) => {
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const buttons = [...this.#grid.children];
    const at = buttons.indexOf(document.activeElement) + step;
    const next = buttons[Math.min(buttons.length - 1, Math.max(0, at))];
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  };

  #text(key, values) {
    return this.#messages.text(key, values);
  }
}

function square(side) {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  return canvas;
}
