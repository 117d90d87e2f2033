/**
 * The entry of the page that asks two runs about one drawing.
 *
 * Pad, ink and answers are those of the drawing page; only the question goes elsewhere.
 */
import { Announcer } from "../announcer.js";
import { AnswerLoop } from "../answer-loop.js";
import { CellEditor } from "../cell-editor.js";
import { CellsSwitch } from "../cells-switch.js";
import { Drawing } from "../drawing.js";
import { InkView } from "../ink-view.js";
import { InsideSwitch } from "../inside-switch.js";
import { Messages } from "../messages.js";
import { StatusView } from "../status-view.js";
import { StrokePad } from "../stroke-pad.js";
import { requestExplanation, requestTrial } from "./trial-request.js";
import { TrialSide } from "./trial-side.js";

const PEN_WIDTH = 44; // thousandths of the pad's side

const find = (selector) => document.querySelector(selector);
const messages = new Messages(
  JSON.parse(find("#messages").textContent),
  document.documentElement.lang,
);
const drawing = new Drawing();
const canvas = find("#pad");
new InkView(canvas, drawing, PEN_WIDTH);
const pad = new StrokePad(canvas);
const cells = new CellEditor(find("#cells"), drawing, messages);
new CellsSwitch(cells, {
  grid: find("#cells"),
  button: find("#cells-switch"),
  hint: find("#cells-hint"),
});
const status = new StatusView(find("#status"), messages);
const announcer = new Announcer(find("#announcement"));
const sides = ["#first", "#second"].map((selector) => new TrialSide(find(selector), messages));
const loop = new AnswerLoop((drawn, signal) => {
  const [first, second] = sides.map(({ run }) => run);
  return requestTrial(find("#trial").dataset.answers, { first, second }, drawn, token(), signal);
});
for (const [index, name] of ["first", "second"].entries()) connectInside(sides[index], name);

pad.addEventListener("strokestart", ({ detail }) => drawing.add(detail.stroke));
pad.addEventListener("strokegrow", () => drawing.grow());
pad.addEventListener("strokedrop", ({ detail }) => drawing.drop(detail.stroke));
pad.addEventListener("erasestart", () => drawing.beginErasing());
pad.addEventListener("erase", ({ detail }) => drawing.erase(detail.from, detail.to));
addEventListener("blur", () => pad.release());
drawing.addEventListener("change", ask);
for (const side of sides) side.onChoice(ask);
loop.addEventListener("answer", ({ detail }) => show(detail.answer, detail.isLatest));
loop.addEventListener("failure", ({ detail }) => complain(detail.error, detail.seconds));
find("#undo").addEventListener("click", () => drawing.undo());
find("#clear").addEventListener("click", () => drawing.clear());
find("#mode").addEventListener("change", ({ target }) => {
  drawing.mode = target.value;
});

function token() {
  return find("meta[name=csrf-token]").content;
}

/** Each run can be looked into, one beside the other. */
function connectInside(side, name) {
  const panel = find(`#${name}-inside`);
  new InsideSwitch(find(`#${name}-inside-open`), panel, {
    choice: side.digits,
    messages,
    question: () => drawing.toDocument(),
    ask: (asked, signal) =>
      requestExplanation(panel.dataset.explanations, side.run, asked, token(), signal),
    makeLoop: (send) => new AnswerLoop(send),
  });
}

function ask() {
  showState();
  announcer.hush();
  for (const side of sides) side.isPending = true;
  if (drawing.isEmpty) {
    loop.forget();
    status.clear();
    for (const side of sides) side.clear();
  } else {
    loop.ask(drawing.toDocument());
  }
}

function show(told, isLatest) {
  sides.forEach((side, index) => side.show(told[index], isLatest));
  const answers = told.map(({ answer }) => answer);
  const isBoth = answers.every((answer) => answer !== undefined);
  const isSame = isBoth && answers[0].text === answers[1].text && answers[0].verdict === answers[1].verdict;
  status.say(isBoth ? messages.text(isSame ? "trial.agree" : "trial.differ") : "");
  if (isLatest) announcer.say(told.map((one, index) => sides[index].spoken(one)).join(" "));
}

function complain({ kind, status: code }, seconds) {
  const isSignedOut = code === 401 || code === 400; // 400: the token belongs to an ended session
  const key = isSignedOut ? "trial.signed_out" : kind === "lost" ? "trial.lost" : "network.refused";
  status.say(messages.text(key, { status: String(code) }), "trouble", seconds);
}

function showState() {
  find("#undo").setAttribute("aria-disabled", String(!drawing.canUndo));
  find("#clear").setAttribute("aria-disabled", String(drawing.isEmpty));
  const count = drawing.strokes.length;
  canvas.setAttribute("aria-label", messages.text(count ? "pad.drawn" : "pad.empty", { count }));
}
