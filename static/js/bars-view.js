/** Ten bars: how likely each digit is. */
export class BarsView {
  #items;
  #messages;

  /**
   * @param {HTMLElement} list ten items in the order of the digits
   * @param {import("./messages.js").Messages} messages
   */
  constructor(list, messages) {
    this.#items = [...list.children];
    this.#messages = messages;
  }

  /** @param {number[] | null} probabilities of 0 to 9; null empties the bars */
  show(probabilities) {
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
