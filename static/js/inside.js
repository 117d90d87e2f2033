/**
 * The entry of the panel that shows how an answer came about.
 *
 * Each part shows one step of it; here they are made, and the explanations asked for: whenever the
 * answer or the chosen digit changes while the panel is open, and never while it is closed.
 */
import { InsideEvidence } from "./inside-evidence.js";
import { InsideLayers } from "./inside-layers.js";
import { InsideSight } from "./inside-sight.js";
import { InsideStrokes } from "./inside-strokes.js";
import { InsideSums } from "./inside-sums.js";
import { Subject } from "./inside-subject.js";

const { panel, choice, messages, question, ask, makeLoop } = globalThis.net.inside;
const find = (part) => panel.querySelector(`[data-part="${part}"]`);

messages.add(JSON.parse(find("messages").textContent));
const strokes = new InsideStrokes(find("strokes"), messages);
const views = [
  strokes,
  new InsideSight(find("sight"), messages),
  new InsideLayers(find("layers"), messages),
  new InsideEvidence(find("evidence"), messages),
  new InsideSums(find("sums"), messages),
];
const loop = makeLoop(async (asked, signal) => Subject.of(asked, await ask(asked, signal)));
let shown = null;

loop.addEventListener("answer", ({ detail: { answer } }) => show(answer));
loop.addEventListener("failure", ({ detail: { error } }) => fail(error));
for (const type of ["digits", "choice"]) choice.addEventListener(type, follow);
find("close").addEventListener("click", () => panel.dispatchEvent(new Event("close")));
panel.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") panel.dispatchEvent(new Event("close"));
});
panel.addEventListener("close", () => loop.forget());
panel.addEventListener("open", () => {
  follow();
  find("heading").focus();
});
new MutationObserver(() => shown && draw()).observe(document.documentElement, {
  attributeFilter: ["data-theme"],
});

function follow() {
  if (panel.hidden) return;
  if (choice.digits.length === 0) {
    loop.forget();
    shown = null;
    find("steps").hidden = true;
    say("inside.nothing");
    return;
  }
  if (shown === null) say("inside.waiting");
  loop.ask({ ...question(), digit: choice.index });
}

function show(subject) {
  if (choice.digits.length === 0) return;
  const isFirst = shown === null;
  shown = subject;
  panel.dataset.subject = subject.strokes === null ? "picture" : "drawing";
  find("steps").hidden = false;
  if (subject.count > 1) say("inside.which", { position: subject.position, count: subject.count });
  else find("remark").textContent = "";
  draw();
  if (isFirst && subject.strokes !== null) strokes.play();
}

function draw() {
  for (const view of views) view.show(shown);
}

function fail({ kind, detail, status }) {
  // The drawing has become another one on the way: its answer asks again.
  if (status === 422) return;
  shown = null;
  find("steps").hidden = true;
  if (kind === "lost") say("network.lost");
  else find("remark").textContent = detail || messages.text("network.refused", { status });
}

function say(key, values) {
  find("remark").textContent = messages.text(key, values);
}
