/**
 * The segments of a stroke between its corners (Ramer 1972; Douglas and Peucker 1973).
 *
 * Nothing here touches the page.
 */
const BEND = 0.12; // of the digit's size: what bends more than this has a corner there

/**
 * @param {import("./stroke.js").Stroke} stroke
 * @param {number} size of the digit, in the stroke's unit
 * @returns {{first: number, last: number}[]} places of each segment's ends; one for a straight line
 */
export function segmentsOf({ x, y }, size) {
  const corners = cornersBetween(x, y, 0, x.length - 1, BEND * size);
  const ends = [0, ...corners, x.length - 1];
  return ends.slice(1).map((last, index) => ({ first: ends[index], last }));
}

/**
 * @param {import("./stroke.js").Stroke} stroke
 * @param {{first: number, last: number}} segment
 * @returns {{part: import("./stroke.js").Stroke, left: import("./stroke.js").Stroke[]}} the segment,
 *   and what is before and behind it
 */
export function withoutSegment(stroke, { first, last }) {
  const slice = (from, end) =>
    Object.fromEntries(Object.entries(stroke).map(([name, column]) => [name, column.slice(from, end)]));
  const left = [slice(0, first + 1), slice(last)].filter(({ x }) => x.length > 1);
  return { part: slice(first, last + 1), left };
}

function cornersBetween(x, y, first, last, least) {
  let [corner, farthest] = [first, 0];
  for (let at = first + 1; at < last; at += 1) {
    const distance = distanceFrom(x[at], y[at], x[first], y[first], x[last], y[last]);
    if (distance > farthest) [corner, farthest] = [at, distance];
  }
  if (farthest <= least) return [];
  const before = cornersBetween(x, y, first, corner, least);
  return [...before, corner, ...cornersBetween(x, y, corner, last, least)];
}

function distanceFrom(x, y, fromX, fromY, toX, toY) {
  const [dx, dy] = [toX - fromX, toY - fromY];
  const length = Math.hypot(dx, dy);
  if (length === 0) return Math.hypot(x - fromX, y - fromY);
  return Math.abs(dx * (y - fromY) - dy * (x - fromX)) / length;
}
