/**
 * What the network saw: the 28x28 picture of every digit, magnified.
 *
 * With several digits each picture is a button that brings up its digit's bars.
 */
export class PicturesView {
  #list;
  #messages;
  #chosen = 0; // index of the digit a person picked
  #reading = ""; // the digits it was picked among

  /** @param {HTMLElement} list @param {import("./messages.js").Messages} messages */
  constructor(list, messages) {
    this.#list = list;
    this.#messages = messages;
  }

  /**
   * @param {object[]} digits of an answer
   * @param {(digit: object) => void} choose called with the digit a person picks, and at once
   *   with the one that is picked already: a newer answer that reads the same keeps the choice
   */
  show(digits, choose) {
    const reading = digits.map(({ digit }) => digit).join("");
    if (reading !== this.#reading) this.#chosen = 0;
    this.#reading = reading;
    this.#replace(digits, choose);
    if (digits.length > 0) choose(digits[this.#chosen]);
  }

  #replace(digits, choose) {
    if (digits.length === 1 && this.#list.firstElementChild?.tagName === "IMG") {
      this.#fill(this.#list.firstElementChild, digits[0]);
      return;
    }
    const isChoice = digits.length > 1;
    const items = digits.map((digit, index) =>
      isChoice ? this.#button(digit, index, digits.length, choose) : this.#picture(digit),
    );
    this.#list.replaceChildren(...items);
  }

  #picture(digit) {
    return this.#fill(new Image(28, 28), digit);
  }

  #fill(image, digit) {
    image.src = digit.image;
    image.alt = this.#messages.text("answer.picture", { digit: String(digit.digit) });
    return image;
  }

  #button(digit, index, count, choose) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(this.#picture(digit));
    button.firstElementChild.alt = "";
    button.setAttribute("aria-pressed", String(index === this.#chosen));
    const label = { position: index + 1, count, digit: String(digit.digit) };
    button.setAttribute("aria-label", this.#messages.text("answer.choose", label));
    button.addEventListener("click", () => {
      for (const other of this.#list.children) other.setAttribute("aria-pressed", "false");
      button.setAttribute("aria-pressed", "true");
      this.#chosen = index;
      choose(digit);
    });
    return button;
  }
}
