/** Open a dialog with a button; close it with another, with Escape, or with a click beside it. */

/**
 * @param {HTMLDialogElement} dialog
 * @param {{opener: HTMLElement, closer: HTMLElement}} buttons
 */
export function connectDialog(dialog, { opener, closer }) {
  opener.addEventListener("click", () => dialog.showModal());
  closer.addEventListener("click", () => dialog.close());
  // A click that begins inside, to mark a word, and ends beside it means no closing.
  let isBeside = false;
  dialog.addEventListener("pointerdown", (event) => {
    isBeside = isOutside(dialog, event);
  });
  dialog.addEventListener("click", (event) => {
    if (isBeside && isOutside(dialog, event)) dialog.close();
    isBeside = false;
  });
}

/** What lies beside a dialog belongs to it; only its place tells the two apart. */
function isOutside(dialog, { target, clientX: x, clientY: y }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return target === dialog && (x < left || x > right || y < top || y > bottom);
}
