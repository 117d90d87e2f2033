import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.HTMLElement = class {}; // which Node.js has not
const { Shortcuts } = await import("../../static/js/shortcuts.js");

// What a key writes on a layout, where it is, what is held with it, and what it means.
const KEYS = [
  ["Russian", "я", "KeyZ", ["ctrl"], "undo"],
  ["Russian, capital", "Я", "KeyZ", ["ctrl", "shift"], "redo"],
  ["Russian, a number sign", "№", "Digit3", ["shift"], undefined],
  ["Greek on a Mac", "ζ", "KeyZ", ["meta"], "undo"],
  ["AZERTY, closes a tab", "w", "KeyZ", ["ctrl"], undefined],
  ["QWERTZ", "z", "KeyY", ["ctrl"], "undo"],
  ["Dvorak", "u", "KeyF", [], "u"],
  ["Dvorak, another letter", "g", "KeyU", [], undefined],
  ["Vietnamese Telex", "ư", "KeyU", [], "u"],
  ["AltGr", "ư", "KeyU", ["ctrl", "alt"], undefined],
  ["an input method", "Process", "KeyU", [], "u"],
  ["Vietnamese, where digits need another key", "ă", "Digit1", [], "1"],
  ["Vietnamese, a tone mark", "Dead", "Digit5", [], "5"],
  ["Vietnamese VNI", "Process", "Digit5", [], "5"],
  ["AZERTY", "é", "Digit2", [], "2"],
  ["AZERTY, with Shift", "2", "Digit2", ["shift"], "2"],
  ["Arabic-Indic digits", "٣", "Digit3", [], "3"],
  ["a keypad", "7", "Numpad7", [], "7"],
  ["AZERTY", "?", "KeyM", ["shift"], "?"],
  ["Arabic", "؟", "Slash", ["shift"], "?"],
  ["Chinese, full width", "？", "Slash", ["shift"], "?"],
  ["Thai, without Shift", "ฝ", "Slash", [], undefined],
  ["an arrow", "ArrowLeft", "ArrowLeft", [], undefined],
];

for (const [layout, key, code, held, meaning] of KEYS) {
  test(`${layout}: ${[...held, key].join(" ")} means ${meaning ?? "nothing"}`, () => {
    const page = new EventTarget();
    const done = [];
    const names = ["undo", "redo", "u", "?", ..."0123456789"];
    new Shortcuts(page, Object.fromEntries(names.map((name) => [name, () => done.push(name)])));
    const keys = Object.fromEntries(held.map((name) => [`${name}Key`, true]));

    page.dispatchEvent(Object.assign(new Event("keydown"), { key, code, ...keys }));

    assert.deepEqual(done, meaning === undefined ? [] : [meaning]);
  });
}
