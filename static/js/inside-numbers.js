/** Figures of the panel, as the page's language writes them. */

/** @param {number} value @param {string} language @returns {string} two decimals and a sign */
export function signedNumber(value, language) {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
    signDisplay: "exceptZero",
  }).format(value);
}

/** @param {number} value @param {string} language @returns {string} three figures, long or short */
export function roundNumber(value, language) {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value);
}
