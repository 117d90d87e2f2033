/**
 * Undo, redo and clear, as far as there is something to undo, redo or clear, and the pad's name.
 *
 * @param {{undo: HTMLElement, redo: HTMLElement, clear: HTMLElement, canvas: HTMLElement}} elements
 * @param {import("./drawing.js").Drawing} drawing
 * @param {import("./messages.js").Messages} messages
 */
export function showPadState({ undo, redo, clear, canvas }, drawing, messages) {
  const count = drawing.strokes.length;
  // `disabled` would take the focus away from whoever has just pressed the button.
  undo.setAttribute("aria-disabled", String(!drawing.canUndo));
  redo.setAttribute("aria-disabled", String(!drawing.canRedo));
  clear.setAttribute("aria-disabled", String(drawing.isEmpty));
  const name = messages.text(count === 0 ? "pad.empty" : "pad.drawn", { count });
  canvas.setAttribute("aria-label", name);
}
