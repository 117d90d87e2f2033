/**
 * How each digit may be written: strokes of our own making.
 *
 * A stroke is a bent line between control points, as `ink.js` bends one between a pen's points; a
 * point that is named twice is a corner. Nothing here touches the page.
 */
import { addPoint, emptyStroke, SIDE } from "./stroke.js";

const WIDTH = 60; // of the control points' box
const HEIGHT = 100;
const STEPS = 10; // points between two control points
const POINT_MILLISECONDS = 12;
const TALLEST = 0.6; // of the sheet
const ROOM = 0.86; // of the sheet's width, that a number takes

const DIGITS = [
  [[[33, 2], [14, 1], [3, 24], [3, 76], [14, 99], [46, 99], [57, 76], [57, 24], [46, 1], [30, 2]]],
  [[[16, 24], [36, 2], [36, 2], [36, 98]]],
  [[[6, 26], [8, 0], [54, -4], [56, 34], [34, 62], [4, 98], [4, 98], [58, 98]]],
  [[[7, 12], [22, -4], [56, 0], [54, 42], [24, 46], [24, 46], [60, 48], [60, 98], [20, 106], [4, 84]]],
  [
    [[36, 2], [4, 66], [4, 66], [58, 66]],
    [[42, 38], [42, 98]],
  ],
  [
    [[14, 4], [10, 44], [10, 44], [30, 32], [60, 40], [60, 98], [18, 106], [4, 84]],
    [[14, 4], [54, 4]],
  ],
  [[[46, 2], [14, 24], [2, 60], [2, 98], [30, 102], [58, 98], [58, 54], [32, 48], [8, 54], [5, 74]]],
  [[[4, 4], [56, 4], [56, 4], [22, 98]]],
  [[[50, 14], [40, -2], [8, -2], [8, 36], [30, 48], [58, 62], [56, 102], [4, 102], [2, 62], [30, 48], [54, 34], [50, 12]]],
  [[[54, 24], [48, 0], [8, -4], [4, 44], [26, 58], [52, 50], [55, 18], [55, 18], [50, 98]]],
];

/**
 * @param {string} text digits
 * @returns {import("./stroke.js").Stroke[]} how it may be written, in the middle of the sheet
 */
export function exampleOf(text) {
  const width = (ROOM * SIDE) / text.length;
  const height = Math.min(TALLEST * SIDE, (0.72 * width * HEIGHT) / WIDTH);
  const drawn = (height * WIDTH) / HEIGHT;
  const first = (SIDE - width * (text.length - 1)) / 2;
  const y = (SIDE - height) / 2;
  let pointsBefore = 0;
  return [...text].flatMap((digit, index) => {
    const box = { x: first + index * width - drawn / 2, y, width: drawn, height };
    return DIGITS[Number(digit)].map((points) => {
      const stroke = strokeThrough(points, box, pointsBefore);
      pointsBefore += stroke.x.length;
      return stroke;
    });
  });
}

/**
 * @param {string} digit
 * @param {{x: number, y: number, width: number, height: number}} box
 * @returns {import("./stroke.js").Stroke[]} how it may be written, as high as the box and in it
 */
export function exampleIn(digit, { x, y, width, height }) {
  const drawn = Math.max(width, (0.5 * height * WIDTH) / HEIGHT);
  const box = { x: x + (width - drawn) / 2, y, width: drawn, height: Math.max(height, 0.5 * drawn) };
  return DIGITS[Number(digit)].map((points) => strokeThrough(points, box, 0));
}

function strokeThrough(points, box, pointsBefore) {
  const stroke = emptyStroke();
  for (const [x, y] of bent(points)) {
    const t = (pointsBefore + stroke.x.length) * POINT_MILLISECONDS;
    const at = { x: box.x + (x / WIDTH) * box.width, y: box.y + (y / HEIGHT) * box.height };
    addPoint(stroke, { ...at, t, p: 0.5 });
  }
  return stroke;
}

/** Points on the curve that runs through the middles between the control points, end to end. */
function bent(points) {
  const middles = points.slice(1).map((point, index) => mix(points[index], point, 0.5));
  const found = [points[0]];
  let from = points[0];
  middles.forEach((to, index) => {
    for (let step = 1; step <= STEPS; step += 1) {
      const share = step / STEPS;
      const bend = points[index];
      found.push(mix(mix(from, bend, share), mix(bend, to, share), share));
    }
    from = to;
  });
  for (let step = 1; step <= STEPS; step += 1) found.push(mix(from, points.at(-1), step / STEPS));
  return found;
}

function mix([x, y], [otherX, otherY], share) {
  return [x + (otherX - x) * share, y + (otherY - y) * share];
}
