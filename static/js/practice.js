/**
 * A round of practice: ten tasks, each written, checked, and perhaps written again.
 *
 * It is a small machine: writing, checking, judged, over. It knows neither page nor server, and
 * dispatches "change" whenever something of it is another one; "task" when there is a new task or
 * the same one once more, and "judged" with `detail` of `asked`, `drawing` and `answer`.
 */
import { judge } from "./practice-judgement.js";
import { makeRound } from "./practice-tasks.js";

export class Practice extends EventTarget {
  #advisor;
  #drawing = null; // what is being checked, as it was sent
  #isOnlyDigits = false;
  state = "writing";
  tasks = []; // {asked, tries: booleans, whether each was read right}
  index = 0;
  judgement = null;
  advice = null; // of practice-advice.js, or of kind "none" or another fault's, once there

  /** @param {import("./practice-advice.js").Advisor} advisor */
  constructor(advisor) {
    super();
    this.#advisor = advisor;
  }

  /** @returns {{asked: string, tries: boolean[]}} what is to be written now */
  get task() {
    return this.tasks[this.index];
  }

  /** @returns {string[]} the tasks that were not read right at the first try */
  get failed() {
    return this.tasks.filter(({ tries }) => tries[0] !== true).map(({ asked }) => asked);
  }

  /** Begin a round. @param {boolean} isOnlyDigits ask for no number */
  start(isOnlyDigits) {
    this.#isOnlyDigits = isOnlyDigits;
    this.#begin(makeRound({ isOnlyDigits }));
  }

  /** The same ten once more. */
  again() {
    this.#begin(this.tasks.map(({ asked }) => asked));
  }

  /** Another ten, those that went wrong first. */
  another() {
    const first = this.failed;
    this.#begin(makeRound({ isOnlyDigits: this.#isOnlyDigits, first }));
  }

  /** Wait for the answer to a drawing. @param {object} drawing as it is sent */
  check(drawing) {
    this.#drawing = drawing;
    this.#become("checking");
  }

  /** The drawing goes on: what was sent is not what is meant. */
  goOn() {
    if (this.state === "checking") this.#become("writing");
  }

  /** Take the answer to the drawing that is being checked. @param {object} answer of the contract */
  async take(answer) {
    if (this.state !== "checking") return;
    const { asked, tries } = this.task;
    const judgement = judge(asked, answer);
    tries.push(judgement.isRight);
    this.judgement = judgement;
    this.advice = null;
    this.#become("judged");
    const detail = { asked, drawing: this.#drawing, answer };
    this.dispatchEvent(new CustomEvent("judged", { detail }));
    await this.#findAdvice(answer, judgement);
  }

  /** The same task once more. */
  tryAgain() {
    this.#ask(this.index);
  }

  /** The next task, or the result behind the last one; a task that was not tried is passed over. */
  next() {
    if (this.index + 1 < this.tasks.length) this.#ask(this.index + 1);
    else this.#become("over");
  }

  async #findAdvice({ digits, left_out: leftOut }, judgement) {
    const { fault } = judgement;
    if (fault === null) return;
    const digit = digits[fault.index];
    const marked = fault.kind === "left_out" ? leftOut.flatMap(({ strokes }) => strokes) : digit.strokes;
    const advice =
      fault.kind === "digit"
        ? await this.#advisor.advise(this.#drawing, digit, fault)
        : { kind: fault.kind, part: marked.map((index) => this.#drawing.strokes[index]) };
    if (this.judgement !== judgement) return; // something else is looked at
    this.advice = advice ?? { kind: "none", part: [] };
    this.#tell("change");
  }

  #begin(round) {
    this.tasks = round.map((asked) => ({ asked, tries: [] }));
    this.#ask(0);
  }

  #ask(index) {
    this.index = index;
    this.judgement = null;
    this.advice = null;
    this.#become("writing");
    this.#tell("task");
  }

  #become(state) {
    this.state = state;
    this.#tell("change");
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
