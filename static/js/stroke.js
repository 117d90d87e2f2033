/**
 * One stroke, pen down to pen up, as data in the columns the server reads.
 *
 * Coordinates are thousandths of the pad's side, y downwards, so that a drawing does not depend on
 * the screen it was made on. Nothing here touches the page.
 *
 * @typedef {{x: number[], y: number[], t: number[], p: number[]}} Stroke
 *   x and y: thousandths of the side; t: milliseconds; p: pressure from 0 to 1
 */
export const SIDE = 1000;

/** @returns {Stroke} */
export function emptyStroke() {
  return { x: [], y: [], t: [], p: [] };
}

/**
 * Add a point, unless the pen has not moved since the last one.
 *
 * @param {Stroke} stroke
 * @param {{x: number, y: number, t: number, p: number}} point
 * @returns {boolean} whether the stroke grew
 */
export function addPoint(stroke, { x, y, t, p }) {
  const roundX = toTenth(x);
  const roundY = toTenth(y);
  if (stroke.x.at(-1) === roundX && stroke.y.at(-1) === roundY) return false;
  stroke.x.push(roundX);
  stroke.y.push(roundY);
  stroke.t.push(Math.round(t));
  stroke.p.push(Math.round(Math.min(1, Math.max(0, p)) * 1000) / 1000);
  return true;
}

/**
 * @param {unknown} value anything, for instance what a browser's storage held
 * @returns {boolean} whether it is a stroke that can be drawn and sent
 */
export function isStroke(value) {
  const length = value?.x?.length;
  return length > 0 && ["x", "y", "t", "p"].every((name) => isColumn(value[name], length));
}

function isColumn(column, length) {
  return Array.isArray(column) && column.length === length && column.every(Number.isFinite);
}

function toTenth(value) {
  return Math.round(value * 10) / 10;
}

/** @param {Stroke} stroke @returns {number} how far it goes from where it began */
export function extentOf({ x, y }) {
  return x.reduce((most, at, index) => Math.max(most, Math.hypot(at - x[0], y[index] - y[0])), 0);
}
