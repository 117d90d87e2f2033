/**
 * What to change in a digit that was read as another one, from the network's own evidence.
 *
 * The evidence says where on the drawing the network found what speaks for the digit it read rather
 * than for the one that was asked for; ink there is the part to look at. Then the network itself is
 * asked: would it read the drawing as asked without a stroke or a piece of one, or with a stroke of
 * the example's besides? Only what it answers is told.
 *
 * @typedef {{kind: "leave_out" | "add" | "change", part: import("./stroke.js").Stroke[],
 *   place: {x: number, y: number}, stroke: number | null, strokes: number}} Advice
 *   part: the ink it is about; place: its middle in the digit, shares of the digit's square; stroke:
 *   which of the digit's `strokes` the part is, from 0, or null
 */
import { eraseFrom } from "./eraser.js";
import { exampleIn } from "./practice-examples.js";
import { segmentsOf, withoutSegment } from "./stroke-segments.js";

const MOST = 0.5; // of the largest evidence: places with less are not marked
const WHOLE = 0.75; // of a stroke's points that make it as good as all of it
const MOST_CUTS = 4; // of each kind that are tried out, so that a check stays a few questions

export class Advisor {
  #explain;
  #read;

  /**
   * @param {object} ask
   * @param {(drawing: object, digit: number) => Promise<object>} ask.explain the contract's
   * @param {(strokes: object[]) => Promise<string>} ask.read the digit that some strokes are read as
   */
  constructor({ explain, read }) {
    this.#explain = explain;
    this.#read = read;
  }

  /**
   * @param {object} drawing as it was sent
   * @param {object} digit of its answer
   * @param {import("./practice-judgement.js").Fault} fault of kind "digit"
   * @returns {Promise<Advice | null>} null where nothing can be said
   */
  async advise(drawing, digit, fault) {
    const strokes = digit.strokes.map((index) => drawing.strokes[index]);
    const strength = await this.#findEvidence(drawing, fault);
    const trials = trialsOf(strokes, strength ?? (() => 0), fault.asked, digit.box);
    const answers = await Promise.all(trials.map(({ left }) => this.#read(left)));
    const helps = trials.find((_, index) => answers[index] === fault.asked);
    const found = strength && fault.isLike && strongestPart(strokes, strength);
    const best = helps ?? (found && { kind: "change", part: found });
    return best ? described(best, strokes, digit.box) : null;
  }

  async #findEvidence(drawing, { index, asked, read }) {
    try {
      const { evidence, frame } = await this.#explain(drawing, index);
      if (frame === null) return null;
      return evidenceFor(evidence[Number(read)], evidence[Number(asked)], frame);
    } catch {
      return null; // without it, what the network would read instead can still be asked
    }
  }
}

/**
 * How much more speaks for one digit than for another, at every point of a drawing.
 *
 * @param {number[][]} one map of the evidence for the digit that was read
 * @param {number[][]} other for the one that was asked for
 * @param {{x: number, y: number, width: number, height: number}} frame which the maps show
 * @returns {(point: {x: number, y: number}) => number}
 */
export function evidenceFor(one, other, frame) {
  const map = one.map((row, at) => row.map((number, column) => number - other[at][column]));
  return ({ x, y }) => between(map, (x - frame.x) / frame.width, (y - frame.y) / frame.height);
}

/** The number at a place of a map, shares of its sides, mixed of the cells around it. */
function between(map, x, y) {
  const [row, column] = [y * map.length - 0.5, x * map[0].length - 0.5];
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const cell = (at, beside) => map[at]?.[beside] ?? 0;
  const mix = (from, to, share) => from + (to - from) * share;
  const upper = mix(cell(top, left), cell(top, left + 1), column - left);
  const lower = mix(cell(top + 1, left), cell(top + 1, left + 1), column - left);
  return mix(upper, lower, row - top);
}

/** The ink where most speaks for the digit that was read; null where nothing does, or only a point. */
function strongestPart(strokes, strength) {
  const most = Math.max(...strokes.map((stroke) => Math.max(...pointsIn(stroke).map(strength))));
  if (!(most > 0)) return null;
  const parts = strokes.flatMap((stroke) =>
    eraseFrom(stroke, (point) => strength(point) < MOST * most),
  );
  return parts.length > 0 ? parts : null;
}

/**
 * Drawings to be asked about, the plainest advice first; `left` is what each would be.
 *
 * A whole stroke, then a piece between two corners, then what the example has besides; of each
 * kind, what speaks most for the digit that was read comes first.
 */
function trialsOf(strokes, strength, asked, box) {
  const others = (one) => strokes.filter((other) => other !== one);
  const whole = strokes.map((one) => ({ part: one, left: others(one) }));
  const size = Math.max(box.width, box.height);
  const pieces = strokes.flatMap((one) => {
    const segments = segmentsOf(one, size);
    const cut = segments.length < 2 ? [] : segments.map((segment) => withoutSegment(one, segment));
    return cut.map(({ part, left }) => ({ part, left: [...others(one), ...left] }));
  });
  const speaks = ({ part }) => mean(pointsIn(part).map(strength));
  const foremost = (cuts) => cuts.sort((a, b) => speaks(b) - speaks(a)).slice(0, MOST_CUTS);
  const cuts = [...foremost(whole), ...foremost(pieces)].filter(({ left }) => left.length > 0);
  const example = exampleIn(asked, box);
  // To draw a whole digit over another one teaches nobody to write it.
  const additions = example.length > 1 ? example.slice(0, MOST_CUTS) : [];
  return [
    ...cuts.map(({ part, left }) => ({ kind: "leave_out", part: [part], left })),
    ...additions.map((one) => ({ kind: "add", part: [one], left: [...strokes, one] })),
  ];
}

function pointsIn({ x, y }) {
  return x.map((at, index) => ({ x: at, y: y[index] }));
}

function mean(values) {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

/** Whether a point lies on some strokes. */
function pointsOf(strokes) {
  const NEAR = 12; // thousandths of the side, about the step in which a part is cut out
  return ({ x, y }) =>
    strokes.some((stroke) =>
      stroke.x.some((at, index) => Math.hypot(at - x, stroke.y[index] - y) < NEAR),
    );
}

function described({ kind, part }, strokes, box) {
  const xs = part.flatMap(({ x }) => x);
  const ys = part.flatMap(({ y }) => y);
  const side = Math.max(box.width, box.height) || 1;
  const place = {
    x: 0.5 + (mean(xs) - box.x - box.width / 2) / side,
    y: 0.5 + (mean(ys) - box.y - box.height / 2) / side,
  };
  const stroke = kind === "add" ? null : strokeOf(part, strokes);
  return { kind, part, place, stroke, strokes: strokes.length };
}

/** Which stroke a part is as good as all of, where there are several. */
function strokeOf(part, strokes) {
  if (strokes.length < 2) return null;
  const isIn = pointsOf(part);
  const shares = strokes.map(({ x, y }) => {
    const inside = x.filter((at, index) => isIn({ x: at, y: y[index] }));
    return inside.length / x.length;
  });
  const whole = shares.findIndex((share) => share >= WHOLE);
  const isAlone = shares.every((share, index) => index === whole || share < 1 - WHOLE);
  return whole >= 0 && isAlone ? whole : null;
}
