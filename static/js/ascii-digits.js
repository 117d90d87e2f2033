/** Read digits of any script: full-width, Arabic-Indic, Devanagari and others. */

/**
 * @param {string} text as a person types it
 * @returns {string} without spaces, and every digit as one of 0 to 9
 */
export function asciiDigits(text) {
  return text.normalize("NFKC").replace(/\s/gu, "").replace(/\p{Nd}/gu, valueOf);
}

/** The ten digits of a script follow each other in Unicode, from its zero. */
function valueOf(digit) {
  const code = digit.codePointAt(0);
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
