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
import { sentenceForFailure } from "../network-sentences.js";
import { showPadState } from "../pad-controls.js";
import { drawWithPad } from "../pad-drawing.js";
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
const padParts = { undo: find("#undo"), redo: find("#redo"), clear: find("#clear"), canvas };
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

drawWithPad(pad, drawing);
pad.addEventListener("strokeend", () => loop.retryNow());
for (const type of ["online", "focus"]) addEventListener(type, () => loop.retryNow());
drawing.addEventListener("change", ask);
for (const side of sides) side.onChoice(ask);
loop.addEventListener("answer", ({ detail }) => show(detail.answer, detail.isLatest));
loop.addEventListener("failure", ({ detail }) => complain(detail.error, detail.seconds));
for (const name of ["undo", "redo", "clear"]) {
  find(`#${name}`).addEventListener("click", () => drawing[name]());
}
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
  showPadState(padParts, drawing, messages);
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

function complain(error, seconds) {
  status.say(sentenceFor(error), "trouble", seconds);
}

function sentenceFor(error) {
  // 400: the token belongs to a session that has ended.
  if (error.status === 401 || error.status === 400) return messages.text("trial.signed_out");
  if (error.kind === "lost") return messages.text("trial.lost");
  return sentenceForFailure(error, messages);
}
