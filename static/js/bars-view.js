/** Ten bars: how likely each digit is where the chosen one stands. */
export class BarsView {
  #items;
  #messages;

  /**
   * @param {HTMLElement} list ten items in the order of the digits
   * @param {import("./digit-choice.js").DigitChoice} choice
   * @param {import("./messages.js").Messages} messages
   */
  constructor(list, choice, messages) {
    this.#items = [...list.children];
    this.#messages = messages;
    for (const type of ["digits", "choice"]) {
      choice.addEventListener(type, () => this.#show(choice.digit?.probabilities ?? null));
    }
  }

  /** @param {number[] | null} probabilities of 0 to 9; null empties the bars */
  #show(probabilities) {
    const most = probabilities === null ? null : Math.max(...probabilities);
    this.#items.forEach((item, digit) => {
      const share = probabilities?.[digit] ?? 0;
      const figure = probabilities === null ? "" : this.#messages.percent(share);
      item.style.setProperty("--share", String(share));
      item.toggleAttribute("data-best", share === most);
      item.querySelector("[data-part=figure]").textContent = figure;
      item.querySelector("[data-part=spoken]").textContent = this.#messages.text("answer.bar", {
        digit: String(digit),
        probability: figure || this.#messages.percent(0),
      });
    });
  }
}
