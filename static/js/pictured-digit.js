/**
 * The digit of a picture that can be corrected: the chosen one, by the small picture of its ink.
 *
 * The picture's file, which may tell where and when it was taken, has no part in it.
 */
export class PicturedDigit {
  #answer = null;
  #index = -1;
  #subject = null;

  /**
   * @param {object | null} answer to the picture, of the contract
   * @param {import("./digit-choice.js").DigitChoice} choice among its digits
   * @returns {{answer: object, drawing: {image: string}} | null} what a Correction is about, the
   *   same for the same digit; null where there is none
   */
  of(answer, { digits, index }) {
    const digit = answer?.digits[index];
    if (digit?.image === undefined || digit !== digits[index]) return null;
    if (answer !== this.#answer || index !== this.#index) {
      this.#answer = answer;
      this.#index = index;
      this.#subject = { answer: alone(answer, index), drawing: { image: digit.image } };
    }
    return this.#subject;
  }
}

/** The answer as if this digit had been all of it. */
function alone(answer, index) {
  if (answer.digits.length === 1) return answer;
  const { id, verdict, model, digits } = answer;
  const { digit, confidence, doubtful } = digits[index];
  const isRefused = verdict === "not_a_digit";
  return {
    id: `${id}-${index}`, // each digit of a picture is corrected for itself
    text: isRefused ? "" : String(digit),
    verdict: isRefused ? verdict : doubtful ? "unsure" : "digit",
    confidence,
    model,
  };
}
