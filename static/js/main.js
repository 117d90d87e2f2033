/**
 * The entry of the drawing page: find its elements, make its parts and connect them.
 *
 * Nothing else looks into the document; each part gets its own element.
 */
import { Announcer } from "./announcer.js";
import { AnswerLoop } from "./answer-loop.js";
import { AnswerView } from "./answer-view.js";
import { Answers } from "./answers.js";
import { BarsView } from "./bars-view.js";
import { CellEditor } from "./cell-editor.js";
import { Drawing } from "./drawing.js";
import { keepInMemory } from "./drawing-memory.js";
import { InkView } from "./ink-view.js";
import { Memory } from "./memory.js";
import { Messages } from "./messages.js";
import { PenWidth } from "./pen-width.js";
import { PicturesView } from "./pictures-view.js";
import { requestPrediction } from "./prediction-request.js";
import { Shortcuts } from "./shortcuts.js";
import { StatusView } from "./status-view.js";
import { StrokePad } from "./stroke-pad.js";
import { Tools } from "./tools.js";

const find = (selector) => document.querySelector(selector);
const onClick = (selector, action) => find(selector).addEventListener("click", action);

const messages = new Messages(
  JSON.parse(find("#messages").textContent),
  document.documentElement.lang,
);
const memory = new Memory(() => localStorage);
const drawing = new Drawing();
const canvas = find("#pad");
const status = new StatusView(find("#status"), messages);
const penWidth = new PenWidth([...document.querySelectorAll("[name=pen-width]")]);
const ink = new InkView(canvas, drawing, penWidth.value);
const tools = new Tools({ drawing, status, messages });
const cells = new CellEditor(find("#cells"), drawing, messages);
const answers = connectAnswers();

keepInMemory(drawing, memory, window);
connectPad(new StrokePad(canvas));
connectSettings();
connectTools();
connectHelp();
showState();

function connectAnswers() {
  const url = canvas.dataset.predictions;
  const loop = new AnswerLoop((drawn, signal) => requestPrediction(url, drawn, signal));
  const view = new AnswerView(
    find("#answer"),
    messages,
    new BarsView(find("#bars"), messages),
    new PicturesView(find("#pictures"), messages),
  );
  view.clear();
  const announcer = new Announcer(find("#announcement"));
  const connected = new Answers({ drawing, loop, view, status, announcer, messages });
  addEventListener("offline", () => connected.goOffline());
  addEventListener("online", () => connected.goOnline());
  return connected;
}

function connectPad(pad) {
  const lastTime = drawing.strokes.at(-1)?.t.at(-1);
  if (lastTime !== undefined) pad.continueAfter(lastTime);
  pad.addEventListener("strokestart", ({ detail }) => drawing.add(detail.stroke));
  pad.addEventListener("strokegrow", () => drawing.grow());
  pad.addEventListener("strokedrop", ({ detail }) => drawing.drop(detail.stroke));
  drawing.addEventListener("change", ({ detail }) => {
    if (detail.kind !== "grow") showState();
  });
  // Watches the whole root, since the theme may be switched here or by the system.
  const theme = new MutationObserver(() => ink.repaint());
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

function connectSettings() {
  penWidth.addEventListener("change", () => {
    ink.width = penWidth.value;
    memory.write("pen-width", penWidth.value);
  });
  penWidth.value = memory.read("pen-width", penWidth.value);
  keepChecked(find("#live"), "live", (isOn) => {
    answers.isLive = isOn;
  });
}

/** Tie a checkbox to what it sets, and remember it. */
function keepChecked(box, key, set) {
  box.checked = memory.read(key, box.checked);
  set(box.checked);
  box.addEventListener("change", () => {
    set(box.checked);
    memory.write(key, box.checked);
  });
}

function connectTools() {
  onClick("#undo", tools.undo);
  onClick("#redo", tools.redo);
  onClick("#clear", tools.clear);
  onClick("#predict", () => answers.predict());
  onClick("#copy", tools.copy);
  onClick("#save", () => tools.save(penWidth.value));
  onClick("#cells-switch", switchCells);
  find("#cells").addEventListener("keydown", (event) => {
    if (event.key === "Escape") switchCells();
  });
}

function switchCells() {
  const button = find("#cells-switch");
  if (cells.isOpen) {
    cells.close();
    button.focus();
  } else {
    cells.open();
  }
  button.setAttribute("aria-pressed", String(cells.isOpen));
  find("#cells-hint").hidden = !cells.isOpen;
}

function connectHelp() {
  const help = find("#help");
  const shortcuts = new Shortcuts(document, {
    u: tools.undo,
    undo: tools.undo,
    r: tools.redo,
    redo: tools.redo,
    c: tools.clear,
    w: () => penWidth.next(),
    p: () => answers.predict(),
    l: () => find("#live").click(),
    k: switchCells,
    "?": () => help.showModal(),
  });
  keepChecked(find("#shortcuts"), "shortcuts", (isOn) => {
    shortcuts.isOn = isOn;
  });
  onClick("#help-open", () => help.showModal());
  onClick("#help-close", () => help.close());
}

function showState() {
  const count = drawing.strokes.length;
  // `disabled` would take the focus away from whoever has just pressed the button.
  find("#undo").setAttribute("aria-disabled", String(!drawing.canUndo));
  find("#redo").setAttribute("aria-disabled", String(!drawing.canRedo));
  find("#clear").setAttribute("aria-disabled", String(drawing.isEmpty));
  const name = messages.text(count === 0 ? "pad.empty" : "pad.drawn", { count });
  canvas.setAttribute("aria-label", name);
}
