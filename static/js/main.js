/**
 * The entry of the drawing page: find its elements, make its parts and connect them.
 *
 * Nothing else looks into the document; each part gets its own element. The sheet is there already,
 * for strokes may come before this does: `sheet.js`.
 */
import "./frame.js";
import { Announcer } from "./announcer.js";
import { AnswerLoop } from "./answer-loop.js";
import { AnswerView } from "./answer-view.js";
import { Answers } from "./answers.js";
import { BarsView } from "./bars-view.js";
import { BoxesView } from "./boxes-view.js";
import { CellEditor } from "./cell-editor.js";
import { CellsSwitch } from "./cells-switch.js";
import { Correction } from "./correction.js";
import { sendCorrection, takeBackCorrection } from "./correction-request.js";
import { CorrectionView } from "./correction-view.js";
import { connectDialog } from "./dialog.js";
import { DigitChoice } from "./digit-choice.js";
import { EraserSwitch } from "./eraser-switch.js";
import { InsideSwitch } from "./inside-switch.js";
import { LeftOutView } from "./left-out-view.js";
import { Messages } from "./messages.js";
import { keepPageOffline } from "./offline.js";
import { showPadState } from "./pad-controls.js";
import { PenWidth } from "./pen-width.js";
import { PictureDesk } from "./picture-desk.js";
import { closeWithBack } from "./picture-history.js";
import { requestPictureReading } from "./picture-request.js";
import { PictureSources } from "./picture-sources.js";
import { PictureView } from "./picture-view.js";
import { PicturedDigit } from "./pictured-digit.js";
import { PicturesView } from "./pictures-view.js";
import { requestPrediction } from "./prediction-request.js";
import { Shortcuts } from "./shortcuts.js";
import { StatusView } from "./status-view.js";
import { SIDE } from "./stroke.js";
import { Tools } from "./tools.js";

const find = (selector) => document.querySelector(selector);
const onClick = (selector, action) => find(selector).addEventListener("click", action);

const { canvas, drawing, ink, memory, pad } = globalThis.net.sheet;
const messages = new Messages(
  JSON.parse(find("#messages").textContent),
  document.documentElement.lang,
);
const status = new StatusView(find("#status"), messages);
const penWidth = new PenWidth([...document.querySelectorAll("[name=pen-width]")]);
const eraser = new EraserSwitch(find("#eraser"));
const help = find("#help");
const tools = new Tools({ drawing, seen, status, messages });
const cells = new CellEditor(find("#cells"), drawing, messages);
const cellsSwitch = new CellsSwitch(cells, {
  grid: find("#cells"),
  button: find("#cells-switch"),
  hint: find("#cells-hint"),
});
const choice = new DigitChoice();
const view = new AnswerView(find("#answer"), messages, choice);
const announcer = new Announcer(find("#announcement"));
const picture = new PictureView(find("#picture"), find("#picture-bar"));
const loop = new AnswerLoop((drawn, signal) =>
  requestPrediction(canvas.dataset.predictions, drawn, signal),
);
const answers = connectAnswers();
const desk = connectPictures();

connectBoxes();
connectCorrections();
connectInside();
view.clear();
connectPad();
connectSettings();
connectTools();
connectHelp();
showState();
answers.start();
document.dispatchEvent(new Event("ready"));
keepPageOffline("/service-worker.js");

function connectAnswers() {
  new BarsView(find("#bars"), choice, messages);
  new PicturesView(find("#pictures"), choice, messages);
  const { maxStrokes: strokes, maxPoints: points } = canvas.dataset;
  const limits = { strokes: Number(strokes), points: Number(points) };
  const connected = new Answers({ drawing, limits, loop, view, status, announcer, messages });
  addEventListener("offline", () => desk.isOpen || connected.goOffline());
  addEventListener("online", () => (desk.isOpen ? desk : connected).goOnline());
  addEventListener("focus", () => (desk.isOpen ? desk.goOnline() : connected.lookAgain()));
  if (!navigator.onLine) connected.goOffline();
  return connected;
}

function connectPictures() {
  const { predictions, maxBytes } = find("#picture").dataset;
  const send = (given, signal, onProgress) =>
    requestPictureReading(predictions, given, signal, onProgress);
  const connected = new PictureDesk({
    picture, maxBytes: Number(maxBytes), send, view, status, announcer, messages,
  });
  const sources = new PictureSources({
    page: document,
    inputs: ["choose", "photograph"].map((name) => [find(`#${name}`), find(`#${name}-file`)]),
    dropHint: find("#drop-hint"),
  });
  sources.addEventListener("picture", ({ detail: { file, count } }) => {
    help.close(); // or the picture would be behind it
    connected.open(file, count);
  });
  sources.addEventListener("folder", () => connected.refuse("picture.folder"));
  closeWithBack(connected);
  connected.addEventListener("open", () => {
    if (cells.isOpen) cellsSwitch.turn();
    answers.leave();
    showSubject("picture");
  });
  connected.addEventListener("leave", () => {
    showSubject("drawing");
    answers.comeBack();
    find("#choose").focus();
  });
  onClick("#leave-picture", () => connected.leave());
  onClick("#retry-picture", () => connected.retry());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !help.open) connected.leave();
  });
  return connected;
}

/** What copy and save are about. */
function seen() {
  if (desk.isOpen) return { answer: desk.answer, image: picture.image };
  return { answer: drawing.isEmpty ? null : answers.current, image: null };
}

function showSubject(subject) {
  view.subject = subject;
  find("#workbench").dataset.subject = subject;
}

/** A single drawn digit needs no box; on a picture it shows which ink was taken for one. */
function connectBoxes() {
  const onDrawing = new BoxesView(find("#boxes"), choice, messages, (event) => pad.takeUp(event));
  const onPicture = new BoxesView(find("#picture-boxes"), choice, messages);
  const [signs, signsOnPicture] = ["#left-out", "#picture-left-out"].map(
    (layer) => new LeftOutView(find(layer)),
  );
  choice.addEventListener("digits", () => {
    const { digits, leftOut } = choice;
    const isNumber = !desk.isOpen && digits.length > 1;
    const sheet = { width: SIDE, height: SIDE };
    onDrawing.show(isNumber ? digits : [], sheet);
    signs.show(desk.isOpen ? [] : leftOut, sheet);
    onPicture.show(desk.isOpen ? digits : [], picture.extent);
    signsOnPicture.show(desk.isOpen ? leftOut : [], picture.extent);
  });
}

/** What is drawn, or a picture's chosen digit, can be corrected where the server takes corrections. */
function connectCorrections() {
  const root = find("#correction");
  if (root === null) return;
  const url = root.dataset.corrections;
  const correction = new Correction({
    send: (given) => sendCorrection(url, given),
    takeBack: (kept) => takeBackCorrection(url, kept),
    messages,
  });
  new CorrectionView(root, correction, messages);
  const pictured = new PicturedDigit();
  const follow = () => {
    const answer = desk.isOpen ? null : answers.current;
    const isOffered = answer !== null && answer.verdict !== "blank";
    const drawn = isOffered ? { answer, drawing: drawing.toDocument() } : null;
    correction.about(desk.isOpen ? pictured.of(desk.answer, choice) : drawn);
  };
  loop.addEventListener("answer", follow);
  drawing.addEventListener("change", follow);
  for (const type of ["open", "leave"]) desk.addEventListener(type, follow);
  for (const type of ["digits", "choice"]) {
    choice.addEventListener(type, () => desk.isOpen && follow());
  }
}

/** What is looked into is what was answered: the drawing, or the picture. */
function connectInside() {
  const url = find("#inside").dataset.explanations;
  new InsideSwitch(find("#inside-open"), find("#inside"), {
    choice,
    messages,
    question: () => (desk.isOpen ? desk.given : drawing.toDocument()),
    ask: (asked, signal) =>
      asked.file
        ? requestPictureReading(`${url}/image`, asked, signal, () => {})
        : requestPrediction(url, asked, signal),
    makeLoop: (send) => new AnswerLoop(send),
  });
}

function connectPad() {
  pad.addEventListener("strokeend", () => loop.hurry());
  pad.addEventListener("rest", () => tools.say("pad.pen_is_near"));
  drawing.addEventListener("change", ({ detail }) => {
    if (detail.kind !== "grow") showState();
  });
  eraser.addEventListener("change", () => {
    pad.isErasing = eraser.isOn;
    find("#workbench").dataset.tool = eraser.isOn ? "eraser" : "pen";
    tools.say(eraser.isOn ? "pad.erasing" : "pad.drawing");
  });
}

function connectSettings() {
  penWidth.addEventListener("change", () => {
    ink.width = penWidth.value;
    memory.write("pen-width", penWidth.value);
    if (eraser.isOn) eraser.turn(); // who chooses a pen wants to draw
  });
  penWidth.value = memory.read("pen-width", penWidth.value);
  memory.keepChecked(find("#live"), "live", (isOn) => {
    answers.isLive = isOn;
  });
  find("#live").addEventListener("change", ({ target }) =>
    tools.say(target.checked ? "pad.live" : "pad.not_live"),
  );
  const modes = find("#mode");
  const read = () => {
    drawing.mode = modes.value;
    desk.mode = modes.value;
  };
  modes.value = memory.read("mode", modes.value, (mode) =>
    [...modes.options].some(({ value }) => value === mode),
  );
  modes.addEventListener("change", () => {
    memory.write("mode", modes.value);
    read();
  });
  read();
}

function connectTools() {
  onClick("#undo", tools.undo);
  onClick("#redo", tools.redo);
  onClick("#clear", tools.clear);
  onClick("#predict", () => answers.predict());
  onClick("#copy", () => tools.copy());
  onClick("#save", () => tools.save(penWidth.value));
}

function connectHelp() {
  connectDialog(help, { opener: find("#help-open"), closer: find("#help-close") });
  // A drawing that nobody sees must not change.
  const drawn = (action) => () => desk.isOpen || action();
  const shortcuts = new Shortcuts(document, {
    u: drawn(tools.undo),
    undo: drawn(tools.undo),
    r: drawn(tools.redo),
    redo: drawn(tools.redo),
    c: drawn(tools.clear),
    e: drawn(() => eraser.turn()),
    w: drawn(() => {
      penWidth.next();
      tools.say("pad.width", { width: penWidth.name });
    }),
    p: () => (desk.isOpen ? desk.retry() : answers.predict()),
    l: () => find("#live").click(),
    k: drawn(() => cellsSwitch.turn()),
    o: () => find("#choose").click(),
    "?": () => help.showModal(),
  });
  memory.keepChecked(find("#shortcuts"), "shortcuts", (isOn) => {
    shortcuts.isOn = isOn;
  });
}

function showState() {
  const [undo, redo, clear] = ["#undo", "#redo", "#clear"].map(find);
  showPadState({ undo, redo, clear, canvas }, drawing, messages);
}
