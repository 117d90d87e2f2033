/**
 * Samples without loading the page anew: links marked `data-samples` fetch the part that changes.
 *
 * Without this module the links lead to the same samples as a page.
 */
export class SamplesView {
  #place;
  #messages;
  #asked = 0;

  /**
   * @param {HTMLElement} place holds the links, and the part with the id "samples"
   * @param {import("../messages.js").Messages} messages
   */
  constructor(place, messages) {
    this.#place = place;
    this.#messages = messages;
    place.addEventListener("click", this.#follow);
  }

  #follow = (event) => {
    const link = event.target.closest("a[data-samples]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.#show(link);
  };

  async #show(link) {
    const number = ++this.#asked;
    const { search } = new URL(link.href);
    const part = this.#place.querySelector("#samples");
    part.setAttribute("aria-busy", "true");
    const made = await this.#fetch(`${this.#place.dataset.samples}${search}`);
    if (number !== this.#asked) return; // another link was followed meanwhile
    if (made === null) {
      part.removeAttribute("aria-busy");
      part.querySelector(".samples-title").textContent = this.#messages.text("run.not_loaded");
      return;
    }
    part.replaceWith(made);
    this.#mark(link);
    if (part.contains(link)) made.querySelector("a[data-samples]")?.focus({ preventScroll: true });
    made.scrollIntoView({ block: "nearest" });
  }

  #mark(link) {
    for (const cell of this.#place.querySelectorAll(".chosen")) cell.classList.remove("chosen");
    link.closest("td")?.classList.add("chosen");
  }

  async #fetch(address) {
    try {
      const response = await fetch(address, { headers: { Accept: "text/html" } });
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      return document.adoptNode(page.querySelector("#samples"));
    } catch {
      return null;
    }
  }
}
