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
    const { children } = this.#list;
    const isChoice = digits.length > 1;
    // Those that are there stay: a newer answer must not take away what is being tapped.
    if (children.length !== digits.length) {
      this.#list.replaceChildren(
        ...digits.map((_, index) => (isChoice ? this.#button(index) : new Image(28, 28))),
      );
    }
    digits.forEach((digit, index) => {
      if (isChoice) this.#name(children[index], digit, index);
      else this.#fill(children[index], digit);
    });
    if (isChoice) this.#showChoice();
  }

  #showChoice() {
    [...this.#list.children].forEach((button, index) => {
      button.setAttribute("aria-pressed", String(index === this.#choice.index));
    });
  }

  #fill(image, digit) {
    image.src = digit.image;
    image.alt = this.#messages.text("answer.picture", { digit: String(digit.digit) });
  }

  #button(index) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(new Image(28, 28));
    button.firstElementChild.alt = ""; // the button has a name
    button.addEventListener("click", () => this.#choice.choose(index));
    return button;
  }

  #name(button, { digit, image }, index) {
    button.firstElementChild.src = image;
    const label = { position: index + 1, count: this.#choice.digits.length, digit: String(digit) };
    button.setAttribute("aria-label", this.#messages.text("answer.choose", label));
  }
}
