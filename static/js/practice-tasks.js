/**
 * What a round of practice asks for: ten tasks, among which every digit comes.
 *
 * Six are single digits and four are numbers of two to four digits, or all ten are single digits.
 * Tasks that went wrong in the last round come first. Nothing here touches the page.
 */
const ROUND = 10;
const SINGLE = 6; // of them are single digits
const LENGTHS = [2, 2, 3, 4]; // of the numbers
const DIGITS = [..."0123456789"];

/**
 * @param {object} wishes
 * @param {boolean} wishes.isOnlyDigits ask for no number
 * @param {string[]} wishes.first tasks of an earlier round of the same kind, to be asked once more
 * @param {() => number} random as Math.random
 * @returns {string[]} ten tasks, each of one to four digits
 */
export function makeRound({ isOnlyDigits = false, first = [] } = {}, random = Math.random) {
  const singles = first.filter((task) => task.length === 1);
  const numbers = isOnlyDigits ? [] : first.filter((task) => task.length > 1);
  const fresh = byNeed([...singles, ...numbers], random);
  const ofSingles = (isOnlyDigits ? ROUND : SINGLE) - singles.length;
  const chosen = fresh.filter((digit) => !singles.includes(digit)).slice(0, ofSingles);
  const seeds = fresh.filter((digit) => !chosen.includes(digit));
  const lengths = isOnlyDigits ? [] : lengthsLeft(numbers);
  const others = lengths.map((length, at) => numberWith(seeds[at], length, random));
  return [...singles, ...numbers, ...opening(shuffled([...chosen, ...others], random))];
}

/** All digits, those first that no task has yet. */
function byNeed(tasks, random) {
  const isThere = (digit) => tasks.some((task) => task.includes(digit));
  return shuffled(DIGITS, random).sort((a, b) => Number(isThere(a)) - Number(isThere(b)));
}

function lengthsLeft(numbers) {
  const left = [...LENGTHS];
  for (const { length } of numbers) left.splice(Math.max(0, left.indexOf(length)), 1);
  return left;
}

/** A number with a digit in it that does not begin with 0. */
function numberWith(digit, length, random) {
  const drawn = Array.from({ length }, () => DIGITS[below(10, random)]);
  const from = digit === "0" ? 1 : 0;
  drawn[from + below(length - from, random)] = digit;
  if (drawn[0] === "0") drawn[0] = DIGITS[1 + below(9, random)];
  return drawn.join("");
}

/** Begin with something easy: the first single digit goes to the front. */
function opening(tasks) {
  const at = tasks.findIndex((task) => task.length === 1);
  return at < 0 ? tasks : [tasks[at], ...tasks.slice(0, at), ...tasks.slice(at + 1)];
}

function shuffled(items, random) {
  const left = [...items];
  for (let last = left.length - 1; last > 0; last -= 1) {
    const other = below(last + 1, random);
    [left[last], left[other]] = [left[other], left[last]];
  }
  return left;
}

function below(end, random) {
  return Math.floor(random() * end);
}
