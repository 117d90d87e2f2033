/**
 * Sentences and numbers in the language of the page.
 *
 * The server translates the sentences and puts them in a data block; here their `%(name)s`
 * placeholders are filled and figures written as the language writes them.
 */
export class Messages {
  #sentences;
  #language;
  #percent;
  #percentFloor;
  #exactPercent;
  #number;

  /**
   * @param {Record<string, string>} sentences
   * @param {string} language a BCP 47 tag, as in `<html lang>`
   */
  constructor(sentences, language) {
    this.#sentences = sentences;
    this.#language = language;
    this.#percent = percentFormat(language, "halfExpand");
    this.#percentFloor = percentFormat(language, "trunc");
    this.#exactPercent = new Intl.NumberFormat(language, {
      style: "percent",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    });
    this.#number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  }

  /** Say further sentences, too. @param {Record<string, string>} sentences */
  add(sentences) {
    this.#sentences = { ...this.#sentences, ...sentences };
  }

  /** @returns {string} the page's language */
  get language() {
    return this.#language;
  }

  /**
   * @param {string} key
   * @param {Record<string, string | number>} values by placeholder
   */
  text(key, values = {}) {
    const sentence = this.#sentences[key] ?? key;
    return sentence.replace(/%\((\w+)\)s/g, (whole, name) => this.#written(values[name] ?? whole));
  }

  /**
   * @param {number} share from 0 to 1
   * @returns {string} at most one decimal; only a share of 1 is ever written as 100 %
   */
  percent(share) {
    const isRoundedUpToAll = share < 1 && share > 0.9995 - Number.EPSILON;
    return (isRoundedUpToAll ? this.#percentFloor : this.#percent).format(share);
  }

  /** @param {number} share from 0 to 1 @returns {string} two decimals, for measured figures */
  exactPercent(share) {
    return this.#exactPercent.format(share);
  }

  /** @param {number} value */
  number(value) {
    return this.#number.format(value);
  }

  #written(value) {
    return typeof value === "number" ? this.number(value) : value;
  }
}

function percentFormat(language, roundingMode) {
  return new Intl.NumberFormat(language, {
    style: "percent",
    maximumFractionDigits: 1,
    roundingMode,
  });
}
