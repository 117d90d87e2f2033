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
    const isReloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    this.#watched = Object.fromEntries(
      // Many pages load themselves anew when a training is over, and what they said goes with them.
      Object.entries(memory.read(KEY, {})).filter(([, training]) => isReloaded || !training.isTold),
    );
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
      const isEnd = ENDS.includes(status); // or it was removed
      if (isEnd) this.#watched[run] = { ...training, isTold: true };
      else delete this.#watched[run];
      this.#memory.write(KEY, this.#watched);
      if (!isEnd) return;
      this.dispatchEvent(new CustomEvent("over", { detail: { run, ...training, status } }));
    });
  }
}
