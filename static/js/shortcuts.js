/**
 * Keys that do what the buttons do.
 *
 * Single characters can be turned off (WCAG 2.1.4) and never act while a person types; the usual
 * Ctrl or Command combinations for undo and redo always work.
 */
export class Shortcuts {
  #actions;
  isOn = true;

  /**
   * @param {EventTarget} target
   * @param {Record<string, () => void>} actions by character, and "undo" and "redo"
   */
  constructor(target, actions) {
    this.#actions = actions;
    target.addEventListener("keydown", this.#onKey);
  }

  #onKey = (event) => {
    if (event.defaultPrevented || event.isComposing || isElsewhere(event.target)) return;
    const action = this.#actionFor(event);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  #actionFor(event) {
    const key = event.key.toLowerCase();
    if (event.altKey) return undefined;
    if (event.ctrlKey || event.metaKey) return this.#actions[combination(key, event.shiftKey)];
    if (!this.isOn || event.repeat || key.length !== 1) return undefined;
    return this.#actions[key];
  }
}

function combination(key, isShifted) {
  if (key === "z") return isShifted ? "redo" : "undo";
  return key === "y" ? "redo" : undefined;
}

/** A person who types, or reads a dialog, means no shortcut. */
function isElsewhere(element) {
  if (!(element instanceof HTMLElement)) return false;
  const isTextInput = element.matches("textarea, select, input:not([type=checkbox], [type=radio])");
  return isTextInput || element.isContentEditable || element.closest("dialog") !== null;
}
