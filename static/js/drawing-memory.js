/** Keep the drawing through a reload: remember it when it rests and when the page goes away. */
const REST = 300; // milliseconds; writing while a stroke grows would make ink lag
const KEY = "drawing";

/**
 * @param {import("./drawing.js").Drawing} drawing takes up what was remembered
 * @param {import("./memory.js").Memory} memory
 * @param {EventTarget} page tells "pagehide", as a window does
 */
export function keepInMemory(drawing, memory, page) {
  drawing.restore(memory.read(KEY, {}));
  let timer = null;
  const write = () => {
    clearTimeout(timer);
    memory.write(KEY, drawing.toMemory());
  };
  drawing.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(write, REST);
  });
  page.addEventListener("pagehide", write);
}
