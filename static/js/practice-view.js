/** Show where a round of practice stands: the task, what was read, what to change. */
export class PracticeView {
  #root;
  #words;
  #messages;

  /**
   * @param {HTMLElement} root has the `data-part`s of templates/practice.html
   * @param {import("./practice-words.js").PracticeWords} words
   * @param {import("./messages.js").Messages} messages
   */
  constructor(root, words, messages) {
    this.#root = root;
    this.#words = words;
    this.#messages = messages;
  }

  /** @param {import("./practice.js").Practice} practice */
  show(practice) {
    const { state, index, tasks, task } = practice;
    const place = { number: index + 1, count: tasks.length };
    this.#root.dataset.state = state;
    this.#write("task", this.#words.task(task.asked));
    this.#write("place", this.#messages.text("practice.place", place));
    this.#part("steps").replaceChildren(...tasks.map((one, at) => stepOf(one, at === index)));
    this.#part("check").setAttribute("aria-disabled", String(state === "checking"));
    this.#part("feedback").hidden = state !== "judged";
    if (state === "judged") this.#showJudgement(practice);
  }

  #showJudgement({ judgement, advice, task }) {
    const { isRight, isSure } = judgement;
    this.#part("feedback").dataset.outcome = isSure ? "right" : isRight ? "nearly" : "wrong";
    this.#write("verdict", this.#messages.text(isRight ? "practice.right" : "practice.wrong"));
    this.#write("read", this.#words.reading(judgement));
    this.#write("sure", this.#words.sureness(judgement));
    this.#write("advice", this.#words.advice(judgement, advice, task.asked));
    // Who has it right goes on; who has not most likely wants to write it once more.
    this.#part("next").classList.toggle("primary", isRight);
    this.#part("again").classList.toggle("primary", !isRight);
  }

  #write(part, text) {
    const element = this.#part(part);
    if (element.textContent !== text) element.textContent = text;
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}

/** A small mark for a task: for eyes only, the words beside it say where the round stands. */
function stepOf({ tries }, isPresent) {
  const step = document.createElement("li");
  step.dataset.outcome = outcomeOf(tries);
  step.toggleAttribute("data-present", isPresent);
  return step;
}

/** @param {boolean[]} tries @returns {"open" | "right" | "mended" | "wrong"} */
export function outcomeOf(tries) {
  if (tries.length === 0) return "open";
  if (tries[0]) return "right";
  return tries.includes(true) ? "mended" : "wrong";
}
