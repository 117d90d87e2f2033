/** The third step: the layers one after the other, each with its maps. */
import { InsideLayer } from "./inside-layer.js";

export class InsideLayers {
  #list;
  #messages;
  #layers = [];

  /** @param {HTMLElement} root @param {import("./messages.js").Messages} messages */
  constructor(root, messages) {
    this.#list = root.querySelector("[data-part=list]");
    this.#messages = messages;
  }

  /** @param {import("./inside-subject.js").Subject} subject */
  show(subject) {
    const { layers } = subject.explanation;
    // Another network: the layers of the one before mean nothing any more.
    if (layers.length !== this.#layers.length) this.#build(layers.length);
    this.#layers.forEach((layer, index) => layer.show(subject, layers[index]));
  }

  #build(count) {
    this.#layers = Array.from({ length: count }, (_, index) => {
      const kind = index === 0 ? "first" : index === count - 1 ? "last" : "middle";
      return new InsideLayer(index + 1, kind, this.#messages);
    });
    this.#list.replaceChildren(...this.#layers.map(({ element }) => element));
  }
}
