/** The strokes of a data set, in whatever unit, as strokes of the drawing page. */
import { SIDE } from "../stroke.js";

const FITTED = 0.7; // of the pad's side
const STEP = 10; // milliseconds from point to point where nobody knows
const PRESSURE = 0.5;

/**
 * Strokes of a data set as a person might have drawn them on the pad: in its middle, evenly.
 *
 * @param {{x: number[], y: number[]}[]} strokes in any unit, without times and pressure
 * @returns {import("../stroke.js").Stroke[]}
 */
export function fittedStrokes(strokes) {
  const [toX, toY] = fitting(strokes.flatMap(({ x }) => x), strokes.flatMap(({ y }) => y));
  let time = 0;
  return strokes.map(({ x, y }) => ({
    x: x.map(toX),
    y: y.map(toY),
    t: x.map(() => (time += STEP)),
    p: x.map(() => PRESSURE),
  }));
}

/** What takes coordinates of each of two columns to the pad's middle, on one scale. */
function fitting(...columns) {
  const ends = columns.map((column) => [Math.min(...column), Math.max(...column)]);
  const longest = Math.max(...ends.map(([low, high]) => high - low)) || 1;
  const scale = (FITTED * SIDE) / longest;
  return ends.map(([low, high]) => (value) => SIDE / 2 + (value - (low + high) / 2) * scale);
}
