/**
 * A coarse grid of cells as another way to draw: inked cells become strokes.
 *
 * A stroke is a path through neighbouring cells that turns as little as it can, from an end of the
 * line where there is one, with rounded corners: as a pen would go. Nothing here touches the page.
 */
import { SIDE } from "./stroke.js";

export const CELLS_PER_SIDE = 12; // 24 CSS pixels a cell on the narrowest screen, as WCAG 2.5.8 asks
export const CELL_COUNT = CELLS_PER_SIDE ** 2;
const POINT_MILLISECONDS = 40;
// Of 20 digits in cells, eight of them all right angles, 17 were read right without, 19 with two.
const SMOOTHINGS = 2;
const FINE = SIDE / CELLS_PER_SIDE / 4; // steps in which a stroke is followed through the cells

const STRAIGHT = [[-1, 0], [0, -1], [0, 1], [1, 0]]; // row, column
const DIAGONAL = [[-1, -1], [-1, 1], [1, -1], [1, 1]];

/**
 * @param {readonly number[]} cells inked cells, row * CELLS_PER_SIDE + column
 * @returns {import("./stroke.js").Stroke[]} strokes that pass every cell
 */
export function strokesFromCells(cells) {
  let pointsBefore = 0;
  return pathsThrough(cells).map((path) => {
    const stroke = strokeOf(path, pointsBefore);
    pointsBefore += path.length;
    return stroke;
  });
}

/**
 * @param {import("./stroke.js").Stroke[]} strokes
 * @returns {number[]} the cells on the sheet that their ink passes, each once
 */
export function cellsUnder(strokes) {
  const passed = new Set();
  for (const { x, y } of strokes) {
    x.forEach((toX, index) => {
      const [fromX, fromY] = index === 0 ? [toX, y[0]] : [x[index - 1], y[index - 1]];
      const steps = Math.max(1, Math.ceil(Math.hypot(toX - fromX, y[index] - fromY) / FINE));
      for (let step = 1; step <= steps; step += 1) {
        const share = step / steps;
        passed.add(cellAt(fromX + share * (toX - fromX), fromY + share * (y[index] - fromY)));
      }
    });
  }
  passed.delete(null);
  return [...passed];
}

/** @param {number} cell @returns {{x: number, y: number}} in thousandths of the side */
export function middleOfCell(cell) {
  return {
    x: middleOf(cell % CELLS_PER_SIDE),
    y: middleOf(Math.floor(cell / CELLS_PER_SIDE)),
  };
}

function cellAt(x, y) {
  const [row, column] = [y, x].map((value) => Math.floor((value * CELLS_PER_SIDE) / SIDE));
  const isOnSheet = [row, column].every((index) => index >= 0 && index < CELLS_PER_SIDE);
  return isOnSheet ? row * CELLS_PER_SIDE + column : null;
}

/**
 * @param {number} cell
 * @param {string} key of a keyboard event
 * @returns {number | null} the cell the key leads to, or null when it is no such key
 */
export function cellAfter(cell, key) {
  const row = Math.floor(cell / CELLS_PER_SIDE);
  const column = cell % CELLS_PER_SIDE;
  const last = CELLS_PER_SIDE - 1;
  const target = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, last],
    PageUp: [0, column],
    PageDown: [last, column],
  }[key];
  if (target === undefined) return null;
  const [toRow, toColumn] = target.map((index) => Math.min(last, Math.max(0, index)));
  return toRow * CELLS_PER_SIDE + toColumn;
}

function pathsThrough(cells) {
  const open = joints([...cells].sort((one, other) => one - other));
  const paths = [];
  for (const cell of open.keys()) {
    if (open.get(cell).size === 0) paths.push([cell]);
  }
  for (let start = nextStart(open); start !== undefined; start = nextStart(open)) {
    paths.push(walk(open, start));
  }
  return paths;
}

/** Map every cell to the set of its neighbours; a diagonal counts where no corner joins the two. */
function joints(cells) {
  const inked = new Set(cells);
  return new Map(cells.map((cell) => [cell, new Set(neighboursOf(cell, inked))]));
}

function neighboursOf(cell, inked) {
  const row = Math.floor(cell / CELLS_PER_SIDE);
  const column = cell % CELLS_PER_SIDE;
  const isInked = (r, c) =>
    c >= 0 && c < CELLS_PER_SIDE && r >= 0 && inked.has(r * CELLS_PER_SIDE + c);
  const straight = STRAIGHT.filter(([dr, dc]) => isInked(row + dr, column + dc));
  const diagonal = DIAGONAL.filter(
    ([dr, dc]) =>
      isInked(row + dr, column + dc) && !isInked(row + dr, column) && !isInked(row, column + dc),
  );
  return [...straight, ...diagonal].map(([dr, dc]) => cell + dr * CELLS_PER_SIDE + dc);
}

/** The first end of a line, or any cell with a joint that no path has taken yet. */
function nextStart(open) {
  const unfinished = [...open.keys()].filter((cell) => open.get(cell).size > 0);
  return unfinished.find((cell) => open.get(cell).size % 2 === 1) ?? unfinished[0];
}

function walk(open, start) {
  const path = [start];
  for (let cell = start; open.get(cell).size > 0; cell = path.at(-1)) {
    const next = straightest(path, [...open.get(cell)]);
    open.get(cell).delete(next);
    open.get(next).delete(cell);
    path.push(next);
  }
  return path;
}

function straightest(path, choices) {
  if (path.length < 2) return choices[0];
  const heading = headingOf(path.at(-2), path.at(-1));
  const turn = (choice) => {
    const difference = Math.abs(headingOf(path.at(-1), choice) - heading);
    return Math.min(difference, 2 * Math.PI - difference);
  };
  return choices.reduce((best, choice) => (turn(choice) < turn(best) - 1e-9 ? choice : best));
}

function headingOf(from, to) {
  const rows = Math.floor(to / CELLS_PER_SIDE) - Math.floor(from / CELLS_PER_SIDE);
  return Math.atan2(rows, (to % CELLS_PER_SIDE) - (from % CELLS_PER_SIDE));
}

function strokeOf(path, pointsBefore) {
  return {
    x: smoothed(path.map((cell) => middleOf(cell % CELLS_PER_SIDE))),
    y: smoothed(path.map((cell) => middleOf(Math.floor(cell / CELLS_PER_SIDE)))),
    t: path.map((_, index) => (pointsBefore + index) * POINT_MILLISECONDS),
    p: path.map(() => 0.5),
  };
}

function middleOf(index) {
  return ((index + 0.5) * SIDE) / CELLS_PER_SIDE;
}

/** Round the corners, as a hand would; the ends stay where they are. */
function smoothed(values, times = SMOOTHINGS) {
  if (times === 0) return values;
  const once = values.map((value, index) =>
    index === 0 || index === values.length - 1
      ? value
      : (values[index - 1] + 2 * value + values[index + 1]) / 4,
  );
  return smoothed(once, times - 1);
}
