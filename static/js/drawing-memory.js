/**
 * Keep the drawing through a reload, and let the tabs of a browser show the same one.
 *
 * A tab writes what a person has changed in it, and nothing else: when it rests, and when the page
 * goes away. A tab that hears of another's change shows it; undo brings back what was there.
 */
const REST = 300; // milliseconds; writing while a stroke grows would make ink lag
const KEY = "drawing";
const GROWING = new Set(["add", "grow", "erase"]); // kinds of changes that more will follow

/**
 * @param {import("./drawing.js").Drawing} drawing takes up what was remembered
 * @param {import("./memory.js").Memory} memory that all tabs share
 * @param {EventTarget} page tells "pagehide", "pageshow" and "storage", as a window does
 * @returns {() => void} writes at once what has changed: a tab may be closed before it rests
 */
export function keepInMemory(drawing, memory, page) {
  let isChanged = false;
  let timer = null;
  let known = memory.read(KEY, {}); // as the memory holds it
  drawing.restore(known);

  const write = () => {
    clearTimeout(timer);
    if (!isChanged) return;
    isChanged = false;
    const kept = drawing.toMemory();
    if (memory.write(KEY, kept)) known = kept;
  };
  const hear = () => {
    const heard = memory.read(KEY, {});
    // What is being drawn here is written soon, and heard by the others.
    if (isChanged || isSame(heard, known)) return;
    known = heard;
    drawing.follow(heard);
  };
  drawing.addEventListener("change", ({ detail: { kind } }) => {
    if (kind === "mode" || kind === "follow") return;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(write, GROWING.has(kind) ? REST : 0);
  });
  page.addEventListener("pagehide", write);
  page.addEventListener("storage", (event) => memory.isAbout(event, KEY) && hear());
  // A page that was kept aside, as browsers do for "back", has heard nothing meanwhile.
  page.addEventListener("pageshow", ({ persisted }) => persisted && hear());
  return write;
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
