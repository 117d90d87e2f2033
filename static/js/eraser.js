/**
 * An eraser: take away the ink that it passes, and leave the rest of each stroke.
 *
 * Nothing here touches the page.
 */
import { addPoint, emptyStroke } from "./stroke.js";

export const ERASER_RADIUS = 35; // thousandths of the side
const STEP = ERASER_RADIUS / 3; // a fast pen leaves points that are farther apart than the eraser

/**
 * @typedef {{x: number, y: number}} Point
 * @param {import("./stroke.js").Stroke} stroke
 * @param {(point: Point) => boolean} isErased
 * @returns {import("./stroke.js").Stroke[]} what is left: the stroke itself if nothing was erased
 */
export function eraseFrom(stroke, isErased) {
  const samples = samplesOf(stroke).map((sample) => ({ ...sample, isKept: !isErased(sample) }));
  if (samples.every(({ isKept }) => isKept)) return [stroke];
  return runsOf(samples).map(strokeOf);
}

/**
 * @param {Point} from
 * @param {Point} to
 * @returns {(point: Point) => boolean} whether an eraser that goes from one to the other passes it
 */
export function passedBetween(from, to, radius = ERASER_RADIUS) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  return ({ x, y }) => {
    const along = length === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / length;
    const share = Math.min(1, Math.max(0, along));
    return Math.hypot(x - from.x - share * dx, y - from.y - share * dy) <= radius;
  };
}

/** The points of a stroke, with others between those that are far apart. */
function samplesOf(stroke) {
  const points = stroke.x.map((x, index) => ({
    x,
    y: stroke.y[index],
    t: stroke.t[index],
    p: stroke.p[index],
    isPoint: true,
  }));
  return points.flatMap((point, index) => [...between(points[index - 1], point), point]);
}

function between(before, after) {
  if (before === undefined) return [];
  const count = Math.ceil(Math.hypot(after.x - before.x, after.y - before.y) / STEP) - 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const share = (index + 1) / (count + 1);
    const mixed = (name) => before[name] + share * (after[name] - before[name]);
    return { x: mixed("x"), y: mixed("y"), t: mixed("t"), p: mixed("p"), isPoint: false };
  });
}

/** Pieces of more than a point that are left; of the points between, only a piece's ends are needed. */
function runsOf(samples) {
  const runs = [[]];
  for (const sample of samples) {
    if (sample.isKept) runs.at(-1).push(sample);
    else if (runs.at(-1).length > 0) runs.push([]);
  }
  return runs
    .filter((run) => run.length > 1)
    .map((run) => run.filter(({ isPoint }, index) => isPoint || index % (run.length - 1) === 0));
}

function strokeOf(points) {
  const stroke = emptyStroke();
  for (const point of points) addPoint(stroke, point);
  return stroke;
}
