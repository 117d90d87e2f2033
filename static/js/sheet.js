/**
 * The sheet itself: what has to be there at the first paint, so that no stroke is ever lost.
 *
 * It is joined with its imports and runs in the page's head as a classic script, before anything
 * is painted; a module would come later. `main.js` finds its parts at `net.sheet` and connects the
 * rest of the page to them.
 */
import { Drawing } from "./drawing.js";
import { keepInMemory } from "./drawing-memory.js";
import { InkView } from "./ink-view.js";
import { Memory } from "./memory.js";
import { drawWithPad } from "./pad-drawing.js";
import { StrokePad } from "./stroke-pad.js";

const WIDTH = 44; // thousandths of the side, until the chosen one is read

const observer = new MutationObserver(() => {
  const canvas = document.querySelector("#pad");
  if (canvas === null) return;
  observer.disconnect();
  globalThis.net = { sheet: makeSheet(canvas) };
});
observer.observe(document.documentElement, { childList: true, subtree: true });

function makeSheet(canvas) {
  const memory = new Memory(() => localStorage);
  const drawing = new Drawing();
  const ink = new InkView(canvas, drawing, memory.read("pen-width", WIDTH));
  const pad = new StrokePad(canvas);
  const write = keepInMemory(drawing, memory, window);
  const lastTime = drawing.strokes.at(-1)?.t.at(-1);
  if (lastTime !== undefined) pad.continueAfter(lastTime);
  drawWithPad(pad, drawing);
  pad.addEventListener("strokeend", write);
  return { canvas, drawing, ink, memory, pad };
}
