/**
 * Which words a confidence deserves.
 *
 * Confidences are calibrated (of the answers with 0.9, nine in ten are right), so the words can
 * mean what they say.
 */
const SURE = 0.9;
const WORDS = [
  [0.99, "words.certain"],
  [SURE, "words.sure"],
  [0.7, "words.fairly_sure"],
  [0.4, "words.unsure"],
  [0, "words.guess"],
];

/** @param {number} confidence from 0 to 1 @returns {string} the key of a message */
export function confidenceWords(confidence) {
  return (WORDS.find(([least]) => confidence >= least) ?? WORDS.at(-1))[1];
}

/** @param {number} confidence from 0 to 1 @returns {boolean} whether another digit is out of question */
export function isSure(confidence) {
  return confidence >= SURE;
}

/** @param {number[]} probabilities of the ten digits @returns {number[]} digits, likeliest first */
export function rankedDigits(probabilities) {
  return probabilities.map((_, digit) => digit).sort((a, b) => probabilities[b] - probabilities[a]);
}
