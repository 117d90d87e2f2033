/** Smooth a curve: an exponential mean that starts without a bias towards nought. */

/**
 * @param {(number | null)[]} values
 * @param {number} weight of what was before, 0 (as it is) to nearly 1
 * @returns {(number | null)[]} as many; what is not known stays so
 */
export function smooth(values, weight) {
  let mean = 0;
  let known = 0;
  return values.map((value) => {
    if (value === null || value === undefined) return null;
    mean = weight * mean + (1 - weight) * value;
    known += 1;
    return mean / (1 - weight ** known);
  });
}
