/**
 * Keys that do what the buttons do.
 *
 * Single characters can be turned off (WCAG 2.1.4) and never act while a person types; the usual
 * Ctrl or Command combinations for undo and redo always work. The character counts, wherever its
 * key is; on a layout without Latin letters or our digits, as Arabic and Vietnamese ones, or with an
 * input method between, the key's place does.
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
    if (event.defaultPrevented || isElsewhere(event.target)) return;
    const action = this.#actionFor(event);
    if (action === undefined) return;
    event.preventDefault();
    action();
  };

  #actionFor(event) {
    const key = characterOf(event);
    if (event.altKey) return undefined;
    if (event.ctrlKey || event.metaKey) return this.#actions[combination(key, event.shiftKey)];
    if (!this.isOn || event.repeat || key.length !== 1) return undefined;
    return this.#actions[key];
  }
}

/** @param {KeyboardEvent} event @returns {string} */
function characterOf({ key, code, shiftKey }) {
  if (key.length === 1 && key <= "~") return key.toLowerCase();
  if (shiftKey && code === "Slash") return "?";
  const place = (shiftKey ? /^Key([A-Z])$/ : /^(?:Key|Digit)([A-Z0-9])$/).exec(code);
  return (place?.[1] ?? key).toLowerCase();
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
