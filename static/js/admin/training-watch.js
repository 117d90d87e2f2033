/**
 * Notice that a training is over which was going on when this tab last looked.
 *
 * "over" is the event; its `detail` has the training's run, name and page, and how it ended. What
 * goes on is remembered for the tab, so a training that ends while another page of it is on its
 * way, or while the run's own page loads itself anew, is told all the same.
 */
import { RunFeed } from "./run-feed.js";

const KEY = "trainings";
const ENDS = ["finished", "stopped", "failed"];

export class TrainingWatch extends EventTarget {
  #memory;
  #watched;

  /** @param {import("../memory.js").Memory} memory of this tab */
  constructor(memory) {
    super();
    this.#memory = memory;
    this.#watched = memory.read(KEY, {});
  }

  /** @param {Record<string, {name: string, page: string, progress: string}>} trainings by run */
  follow(trainings) {
    this.#watched = { ...this.#watched, ...trainings };
    this.#memory.write(KEY, this.#watched);
    for (const [run, training] of Object.entries(this.#watched)) this.#listen(run, training);
  }

  #listen(run, training) {
    const feed = new RunFeed({ progress: training.progress }, 0);
    let status = "";
    feed.addEventListener("progress", ({ detail }) => {
      status = detail.status;
    });
    feed.addEventListener("over", () => {
      delete this.#watched[run];
      this.#memory.write(KEY, this.#watched);
      if (!ENDS.includes(status)) return; // it was removed
      this.dispatchEvent(new CustomEvent("over", { detail: { run, ...training, status } }));
    });
  }
}
