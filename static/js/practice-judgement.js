/**
 * Hold an answer against what was asked for: is it right, and where does it go wrong?
 *
 * @typedef {{kind: "digit" | "fewer" | "more", index: number, asked: string, read: string}} Fault
 *   index: of the answer's digit that it is about; asked and read: of kind "digit" that one digit,
 *   otherwise all of them
 * @typedef {{isRight: boolean, isSure: boolean, isDigit: boolean, read: string, confidence: number,
 *   fault: Fault | null}} Judgement
 *   isDigit: false where the answer is a refusal; read: the best guess, also of a refusal; fault:
 *   null where there is nothing to say
 */
import { rankedDigits } from "./confidence.js";

/** @param {string} asked digits @param {object} answer of the contract @returns {Judgement} */
export function judge(asked, answer) {
  const { verdict, text, confidence, digits } = answer;
  const read = digits.map(({ digit }) => digit).join("");
  const isRight = text === asked;
  const isSure = isRight && verdict !== "unsure";
  const fault = isSure || digits.length === 0 ? null : faultOf(asked, read, digits);
  return { isRight, isSure, isDigit: verdict !== "not_a_digit", read, confidence, fault };
}

function faultOf(asked, read, digits) {
  const differing = [...asked].findIndex((digit, index) => digit !== read[index]);
  if (asked.length !== read.length) {
    const index = Math.min(Math.max(0, differing), digits.length - 1);
    return { kind: read.length < asked.length ? "fewer" : "more", index, asked, read };
  }
  const index = differing < 0 ? leastSure(digits) : differing;
  return { kind: "digit", index, asked: asked[index], read: readInstead(asked[index], digits[index]) };
}

function leastSure(digits) {
  const scores = digits.map(({ confidence, digitness }) => Math.min(confidence, digitness ?? 1));
  return scores.indexOf(Math.min(...scores));
}

/** What a digit is read as, or, where that is right, nearly is. */
function readInstead(asked, { digit, probabilities }) {
  const [, second] = rankedDigits(probabilities);
  return String(String(digit) === asked ? second : digit);
}
