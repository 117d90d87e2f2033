/**
 * The button that looks inside an answer, and the panel it opens.
 *
 * What the panel holds (its text, its style sheet, its modules) is fetched when it is opened for
 * the first time, so that a page on which nobody looks inside pays nothing. What fills it then is
 * `inside.js`, joined with its imports and found at `net.Inside`.
 */
export class InsideSwitch {
  #button;
  #panel;
  #parts;
  #loading = null;

  /**
   * @param {HTMLElement} button its `aria-expanded` says whether the panel is open
   * @param {HTMLElement} panel its dataset names the addresses of what it holds
   * @param {object} parts of the page, as `inside.js` takes them; `choice` and `messages` among them
   */
  constructor(button, panel, parts) {
    this.#button = button;
    this.#panel = panel;
    this.#parts = parts;
    // A double click opens, and does not close again.
    button.addEventListener("click", ({ detail: clicks }) => clicks > 1 || this.#turn(!this.isOpen));
    panel.addEventListener("close", () => this.#turn(false));
    parts.choice.addEventListener("digits", this.#offer);
    this.#offer();
  }

  /** @returns {boolean} */
  get isOpen() {
    return !this.#panel.hidden;
  }

  /** Nothing is looked into where nothing was read, but an open panel can be closed. */
  #offer = () => {
    this.#button.hidden = this.#parts.choice.digits.length === 0 && !this.isOpen;
  };

  async #turn(isOpen) {
    this.#panel.hidden = !isOpen;
    this.#button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      this.#button.focus();
      return;
    }
    try {
      this.#loading ??= this.#load();
      await this.#loading;
      this.#panel.dispatchEvent(new Event("open"));
    } catch {
      this.#loading = null; // the next try may succeed
      const sentence = document.createElement("p");
      sentence.setAttribute("role", "alert");
      sentence.textContent = this.#parts.messages.text("network.lost");
      this.#panel.replaceChildren(sentence);
    }
  }

  async #load() {
    const { text, styles } = this.#panel.dataset;
    const [html] = await Promise.all([textAt(text), import("./inside-page.js")]);
    // Last: `load-watch.js` takes a style sheet that is lost for a page that does not work.
    await addStyles(styles);
    this.#panel.innerHTML = html; // the server's own template, with nothing of anybody's in it
    new globalThis.net.Inside(this.#panel, this.#parts);
  }
}

async function textAt(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} is answered with ${response.status}`);
  return response.text();
}

function addStyles(address) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return new Promise((resolve, reject) => {
    link.addEventListener("load", resolve);
    link.addEventListener("error", reject);
    document.head.append(link);
  });
}
