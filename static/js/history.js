/**
 * The states of a drawing that undo and redo go through, and how they are kept through a reload.
 *
 * A state is `{strokes, cells}` and never changes; states share their strokes. What is kept names
 * each stroke once, by its place in a list. Nothing here touches the page.
 *
 * @typedef {{strokes: import("./stroke.js").Stroke[], cells: number[]}} State
 * @typedef {{past: State[], present: State, future: State[]}} History
 */
import { CELL_COUNT } from "./cells.js";
import { isStroke } from "./stroke.js";

/**
 * @param {History} history
 * @returns {object} what `historyFrom` reads: the present's strokes first, then all others
 */
export function historyToMemory({ past, present, future }) {
  const all = [present, ...past, ...future].flatMap(({ strokes }) => strokes);
  const strokes = [...new Set(all)];
  const places = new Map(strokes.map((stroke, place) => [stroke, place]));
  const toPlaces = (state) => ({ ...state, strokes: state.strokes.map((one) => places.get(one)) });
  return {
    strokes: present.strokes,
    cells: present.cells,
    others: strokes.slice(new Set(present.strokes).size),
    past: past.map(toPlaces),
    future: future.map(toPlaces),
  };
}

/**
 * @param {unknown} memory anything; what is unusable is left out
 * @returns {History | null} null where no ink and no step is left
 */
export function historyFrom(memory) {
  const present = { strokes: strokesIn(memory?.strokes), cells: cellsIn(memory?.cells) };
  const all = [...listed(memory?.strokes), ...listed(memory?.others)];
  const past = statesIn(memory?.past, all);
  const future = statesIn(memory?.future, all);
  // One that another version wrote, or that is broken: the strokes can still be undone one by one.
  const isWhole = past !== null && future !== null;
  const history = isWhole ? { past, present, future } : { ...strokeByStroke(present), present };
  const isEmpty = present.strokes.length + present.cells.length === 0;
  return isEmpty && history.past.length + history.future.length === 0 ? null : history;
}

function strokeByStroke({ strokes }) {
  const past = strokes.map((_, index) => ({ strokes: strokes.slice(0, index), cells: [] }));
  return { past, future: [] };
}

function statesIn(states, all) {
  if (!Array.isArray(states) || !all.every(isStroke)) return null;
  const read = states.map((state) => ({
    strokes: listed(state?.strokes).map((place) => all[place]),
    cells: cellsIn(state?.cells),
  }));
  return read.some(({ strokes }) => strokes.includes(undefined)) ? null : read;
}

function strokesIn(value) {
  return listed(value).filter(isStroke);
}

function cellsIn(value) {
  return [...new Set(listed(value).filter(isCell))];
}

function listed(value) {
  return Array.isArray(value) ? value : [];
}

function isCell(value) {
  return Number.isInteger(value) && value >= 0 && value < CELL_COUNT;
}
