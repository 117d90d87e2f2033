/**
 * What the network saw: the 28x28 picture of every digit, magnified.
 *
 * With several digits each picture is a button that picks its digit.
 */
export class PicturesView {
  #list;
  #choice;
  #messages;

  /**
   * @param {HTMLElement} list
   * @param {import("./digit-choice.js").DigitChoice} choice
   * @param {import("./messages.js").Messages} messages
   */
  constructor(list, choice, messages) {
    this.#list = list;
    this.#choice = choice;
    this.#messages = messages;
    choice.addEventListener("digits", () => this.#show(choice.digits));
    choice.addEventListener("choice", () => this.#showChoice());
  }

  #show(digits) {
    if (digits.length === 1 && this.#list.firstElementChild?.tagName === "IMG") {
      this.#fill(this.#list.firstElementChild, digits[0]);
      return;
    }
    const isChoice = digits.length > 1;
    const items = digits.map((digit, index) =>
      isChoice ? this.#button(digit, index, digits.length) : this.#picture(digit),
    );
    this.#list.replaceChildren(...items);
    if (isChoice) this.#showChoice();
  }

  #showChoice() {
    [...this.#list.children].forEach((button, index) => {
      button.setAttribute("aria-pressed", String(index === this.#choice.index));
    });
  }

  #picture(digit) {
    return this.#fill(new Image(28, 28), digit);
  }

  #fill(image, digit) {
    image.src = digit.image;
    image.alt = this.#messages.text("answer.picture", { digit: String(digit.digit) });
    return image;
  }

  #button(digit, index, count) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(this.#picture(digit));
    button.firstElementChild.alt = "";
    const label = { position: index + 1, count, digit: String(digit.digit) };
    button.setAttribute("aria-label", this.#messages.text("answer.choose", label));
    button.addEventListener("click", () => this.#choice.choose(index));
    return button;
  }
}
