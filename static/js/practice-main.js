/**
 * The entry of the practice page: find its elements, make its parts and connect them.
 *
 * Nothing else looks into the document. Nothing that is drawn here is remembered by the browser,
 * and the drawing page's drawing stays as it is.
 */
import "./frame.js";
import { Announcer } from "./announcer.js";
import { AnswerLoop } from "./answer-loop.js";
import { CellEditor } from "./cell-editor.js";
import { CellsSwitch } from "./cells-switch.js";
import { sendCorrection, takeBackCorrection } from "./correction-request.js";
import { Drawing } from "./drawing.js";
import { InkView } from "./ink-view.js";
import { Memory } from "./memory.js";
import { Messages } from "./messages.js";
import { sentenceForFailure } from "./network-sentences.js";
import { showPadState } from "./pad-controls.js";
import { drawWithPad } from "./pad-drawing.js";
import { Advisor } from "./practice-advice.js";
import { PracticeExample } from "./practice-example.js";
import { PracticeGift } from "./practice-gift.js";
import { Practice } from "./practice.js";
import { PracticeResult } from "./practice-result.js";
import { PracticeView } from "./practice-view.js";
import { PracticeWords } from "./practice-words.js";
import { requestPrediction } from "./prediction-request.js";
import { Shortcuts } from "./shortcuts.js";
import { StatusView } from "./status-view.js";
import { StrokePad } from "./stroke-pad.js";

const PEN = 44; // thousandths of the side, as on the drawing page until another one is chosen

const find = (selector) => document.querySelector(selector);
const onClick = (selector, action) => find(selector).addEventListener("click", action);
/** A button that gives way to others: a double click's second click is meant for none of them. */
const onPress = (selector, action) =>
  onClick(selector, ({ detail: clicks }) => clicks > 1 || action());

const canvas = find("#pad");
const { predictions, explanations } = canvas.dataset;
const messages = new Messages(
  JSON.parse(find("#messages").textContent),
  document.documentElement.lang,
);
const memory = new Memory(() => localStorage);
const width = memory.read("pen-width", PEN);
const drawing = new Drawing();
const marked = new Drawing();
const status = new StatusView(find("#status"), messages);
const announcer = new Announcer(find("#announcement"));
const cells = new CellEditor(find("#cells"), drawing, messages);
const cellsSwitch = new CellsSwitch(cells, {
  grid: find("#cells"),
  button: find("#cells-switch"),
  hint: find("#cells-hint"),
});
const words = new PracticeWords(messages);
const view = new PracticeView(find("#practice"), words, messages);
const result = new PracticeResult(find("#result"), messages);
const loop = new AnswerLoop((drawn, signal) => requestPrediction(predictions, drawn, signal));
const practice = new Practice(new Advisor({ explain, read: readPlainly }));
const example = connectExample();

connectPad();
connectLoop();
connectPractice();
connectGift();
practice.start(find("#only-digits").checked);
document.dispatchEvent(new Event("ready"));

/** The advisor's questions are few, and wait for no next try. */
function explain(drawn, digit) {
  const question = { ...drawn, digit, images: false };
  return requestPrediction(explanations, question, AbortSignal.timeout?.(10_000));
}

async function readPlainly(strokes) {
  const question = { strokes, mode: "digit", images: false };
  try {
    const asked = requestPrediction(predictions, question, AbortSignal.timeout?.(10_000));
    const { verdict, text } = await asked;
    return verdict === "digit" ? text : "";
  } catch {
    return "";
  }
}

function connectExample() {
  const written = new Drawing();
  new InkView(find("#example"), written, width);
  const connected = new PracticeExample(written, find("#example"), messages);
  connected.addEventListener("change", () =>
    find("#show-example").setAttribute("aria-pressed", String(connected.isShown)),
  );
  onClick("#show-example", () => {
    if (connected.isShown) return connected.hide();
    connected.show(practice.task.asked);
    status.flash(messages.text("practice.example_shown"));
  });
  return connected;
}

function connectPad() {
  new InkView(canvas, drawing, width);
  new InkView(find("#marked"), marked, width);
  drawWithPad(new StrokePad(canvas), drawing);
  const [undo, redo, clear] = ["#undo", "#redo", "#clear"].map(find);
  drawing.addEventListener("change", ({ detail: { kind } }) => {
    if (kind === "grow") return;
    showPadState({ undo, redo, clear, canvas }, drawing, messages);
    loop.forget();
    practice.goOn();
    clearStatus();
  });
  onClick("#undo", () => drawing.undo());
  onClick("#redo", () => drawing.redo());
  onClick("#clear", () => drawing.clear());
  const shortcuts = new Shortcuts(document, {
    undo: () => practice.state === "writing" && drawing.undo(),
    redo: () => practice.state === "writing" && drawing.redo(),
  });
  shortcuts.isOn = false; // nothing but the usual combinations
  showPadState({ undo, redo, clear, canvas }, drawing, messages);
}

function connectLoop() {
  loop.addEventListener("answer", ({ detail: { answer } }) => {
    status.clearReport();
    practice.take(answer);
  });
  loop.addEventListener("slow", () => status.say(messages.text("network.slow"), "waiting"));
  loop.addEventListener("retry", ({ detail: { isAsking } }) => {
    if (isAsking) status.say(messages.text("network.retrying"), "trouble");
    else status.clearReport();
  });
  loop.addEventListener("failure", ({ detail: { error, seconds } }) => {
    status.say(sentenceForFailure(error, messages), "trouble", seconds);
    if (seconds === null) practice.goOn();
  });
  for (const type of ["online", "focus"]) addEventListener(type, () => loop.retryNow());
}

function connectPractice() {
  let isByCells = false; // whoever writes with the keyboard goes on so with the next task
  practice.addEventListener("change", () => {
    view.show(practice);
    result.show(practice);
    const { kind, part } = practice.advice ?? { part: [] };
    find("#marked").dataset.kind = kind ?? "";
    marked.follow({ strokes: part });
  });
  practice.addEventListener("judged", () => {
    isByCells = cells.isOpen;
    if (isByCells) cellsSwitch.turn();
    find("#verdict").focus();
  });
  practice.addEventListener("task", () => {
    // Only where what had the focus is gone: whoever passes over one may pass over the next.
    drawing.reset();
    example.hide();
    clearStatus();
    announcer.say(words.task(practice.task.asked));
    if (isByCells) cellsSwitch.turn();
    else if (document.activeElement.getClientRects().length === 0) find("#task").focus();
    isByCells = false;
  });
  onClick("#check", check);
  onPress("#next", () => practice.next());
  onPress("#again", () => practice.tryAgain());
  onPress("#skip", () => practice.next());
  onPress("#another", () => practice.another());
  onPress("#same", () => practice.again());
  find("#only-digits").addEventListener("change", ({ target }) => practice.start(target.checked));
}

function check() {
  if (drawing.isEmpty) return status.flash(messages.text("practice.nothing"));
  if (practice.state === "checking") return loop.retryNow();
  const drawn = drawing.toDocument();
  practice.check(drawn);
  loop.ask(drawn);
  loop.retryNow();
}

/** What is said of the next try stays until then. */
function clearStatus() {
  if (!loop.isWaiting) status.clear();
}

/** Only where the server takes corrections is a person asked for drawings. */
function connectGift() {
  const root = find("#gift");
  if (root === null) return;
  const url = root.dataset.corrections;
  const gift = new PracticeGift({
    send: (given) => sendCorrection(url, given),
    takeBack: (kept) => takeBackCorrection(url, kept),
    messages,
  });
  const allowed = find("#allowed");
  allowed.addEventListener("change", () => {
    gift.isAllowed = allowed.checked;
  });
  practice.addEventListener("judged", ({ detail }) => gift.give(detail));
  gift.addEventListener("change", () => {
    find("#gift-status").textContent = gift.sentence;
    find("#take-back").hidden = !gift.mayBeKept;
  });
  // A browser may keep the page as it is and show it again to whoever goes back to it.
  addEventListener("pagehide", () => {
    allowed.checked = false;
    gift.isAllowed = false;
  });
  onClick("#take-back", async () => {
    allowed.checked = false;
    await gift.takeAllBack();
    allowed.focus();
  });
}
