/**
 * Let a pad draw on a drawing, and end a stroke whose end would not be told.
 *
 * @param {import("./stroke-pad.js").StrokePad} pad
 * @param {import("./drawing.js").Drawing} drawing
 */
export function drawWithPad(pad, drawing) {
  pad.addEventListener("strokestart", ({ detail }) => drawing.add(detail.stroke));
  pad.addEventListener("strokegrow", () => drawing.grow());
  pad.addEventListener("strokedrop", ({ detail }) => drawing.drop(detail.stroke));
  pad.addEventListener("erasestart", () => drawing.beginErasing());
  pad.addEventListener("erase", ({ detail }) => drawing.erase(detail.from, detail.to));
  // The end of a stroke is not told to a page that is left.
  for (const type of ["blur", "pagehide"]) addEventListener(type, () => pad.release());
  document.addEventListener("visibilitychange", () => document.hidden && pad.release());
}
