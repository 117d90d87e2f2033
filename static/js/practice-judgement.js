/**
 * Hold an answer against what was asked for: is it right, and where does it go wrong?
 *
 * @typedef {{kind: "digit" | "fewer" | "more" | "left_out", index: number, asked: string,
 *   read: string, isLike: boolean}} Fault
 *   left_out: something beside the digits is read as none; index: of the answer's digit that it is
 *   about; asked and read: of kind "digit" that one digit, otherwise all of them; isLike: whether it
 *   looks like what was read, and not only a little unlike a digit
 * @typedef {{isRight: boolean, isSure: boolean, isUnsure: boolean, isDigit: boolean, read: string,
 *   confidence: number, fault: Fault | null}} Judgement
 *   isSure: right, and given plainly; isUnsure: whether the answer is a doubt; isDigit: false where the
 *   answer is a refusal; read: the best guess, also of a refusal; fault: null where there is nothing to
 *   say
 */
import { rankedDigits } from "./confidence.js";

const LIKE = 0.05; // of the probability: what has less, a digit does not look like

/** @param {string} asked digits @param {object} answer of the contract @returns {Judgement} */
export function judge(asked, answer) {
  const { verdict, text, confidence, digits } = answer;
  const read = digits.map(({ digit }) => digit).join("");
  const isRight = text === asked;
  const isUnsure = verdict === "unsure";
  const isSure = isRight && !isUnsure;
  const fault = isSure || digits.length === 0 ? null : faultOf(asked, read, answer);
  const isDigit = verdict !== "not_a_digit";
  return { isRight, isSure, isUnsure, isDigit, read, confidence, fault };
}

function faultOf(asked, read, { digits, left_out: leftOut = [] }) {
  const differing = [...asked].findIndex((digit, index) => digit !== read[index]);
  const isPlain = read === asked && !digits.some(({ doubtful }) => doubtful);
  if (leftOut.length > 0 && (isPlain || read.length < asked.length)) {
    return { kind: "left_out", index: 0, asked, read };
  }
  if (asked.length !== read.length) {
    const index = Math.min(Math.max(0, differing), digits.length - 1);
    return { kind: read.length < asked.length ? "fewer" : "more", index, asked, read };
  }
  const index = differing < 0 ? leastSure(digits) : differing;
  return { kind: "digit", index, asked: asked[index], ...readInstead(asked[index], digits[index]) };
}

function leastSure(digits) {
  const scores = digits.map(({ confidence, digitness }) => Math.min(confidence, digitness ?? 1));
  return scores.indexOf(Math.min(...scores));
}

/** What a digit is read as, or, where that is right, nearly is. */
function readInstead(asked, { digit, probabilities }) {
  if (String(digit) !== asked) return { read: String(digit), isLike: true };
  const [, second] = rankedDigits(probabilities);
  return { read: String(second), isLike: probabilities[second] >= LIKE };
}
