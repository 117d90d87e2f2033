/** Show a correction: the offer, the ten digits, the thanks, and what a person can do next. */
import { asciiDigits } from "./ascii-digits.js";

const DIGITS = /^\d{1,32}$/;
const SHOWN = {
  nothing: [],
  offered: ["open"],
  open: ["open", "form"],
  sending: [],
  kept: ["take_back", "open"], // to say it once more replaces what was said
  failed: ["again", "leave"],
  taken: ["open"],
};
const ALL = ["open", "form", "take_back", "again", "leave"];

export class CorrectionView {
  #root;
  #correction;
  #messages;

  /**
   * @param {HTMLElement} root has the `data-part`s of templates/drawing/correction.html
   * @param {import("./correction.js").Correction} correction
   * @param {import("./messages.js").Messages} messages
   */
  constructor(root, correction, messages) {
    this.#root = root;
    this.#correction = correction;
    this.#messages = messages;
    correction.addEventListener("change", () => this.#show());
    this.#onClick("open", ({ detail: clicks }) => clicks > 1 || this.#toggle());
    this.#onClick("again", () => correction.sendAgain());
    this.#onClick("leave", () => correction.leave());
    this.#onClick("take_back", () => correction.takeBack());
    for (const button of this.#part("form").querySelectorAll("button[value]")) {
      button.addEventListener("click", () => correction.say(button.value));
    }
    this.#part("form").addEventListener("submit", this.#onSubmit);
    root.addEventListener("keydown", this.#onKey);
  }

  #onClick(name, action) {
    this.#part(name).addEventListener("click", action);
  }

  #toggle() {
    this.#correction.toggle();
    if (this.#correction.state === "open") this.#part("form").querySelector("button").focus();
  }

  #onSubmit = (event) => {
    event.preventDefault();
    const field = this.#part("number");
    const label = asciiDigits(field.value);
    if (DIGITS.test(label)) {
      this.#correction.say(label);
      return;
    }
    this.#part("wrong").textContent = this.#messages.text("correction.no_number");
    field.setAttribute("aria-invalid", "true");
    field.focus();
  };

  #onKey = (event) => {
    if (event.key !== "Escape" || this.#correction.state !== "open") return;
    event.preventDefault(); // or the picture that is corrected would be left, too
    this.#correction.toggle();
    this.#part("open").focus();
  };

  #show() {
    const { state, sentence } = this.#correction;
    const shown = SHOWN[state].filter((name) => name !== "open" || this.#correction.hasSubject);
    const hadFocus = this.#root.contains(document.activeElement);
    this.#root.hidden = state === "nothing";
    this.#root.dataset.state = state;
    for (const name of ALL) this.#part(name).hidden = !shown.includes(name);
    this.#part("open").setAttribute("aria-expanded", String(state === "open"));
    this.#part("sentence").textContent = sentence;
    this.#part("note").hidden = this.#correction.isPicture;
    this.#part("picture_note").hidden = !this.#correction.isPicture;
    if (state !== "open") this.#empty();
    // What had the focus may be gone; what has happened is said where it goes on.
    if (!hadFocus || this.#hasFocus()) return;
    this.#part(sentence === "" ? "open" : "sentence").focus();
  }

  #hasFocus() {
    const focused = document.activeElement;
    return this.#root.contains(focused) && focused.getClientRects().length > 0;
  }

  #empty() {
    const field = this.#part("number");
    field.value = "";
    field.removeAttribute("aria-invalid");
    this.#part("wrong").textContent = "";
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}
