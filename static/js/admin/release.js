/** The entry of the page of one run's gates: wait for the job that asks them. */
import { renewParts } from "./fresh-parts.js";
import { Rounds } from "./rounds.js";

const PAUSE = 1_500; // milliseconds

const isPending = () => document.querySelector("#release").dataset.pending === "yes";

if (isPending()) {
  new Rounds(async () => {
    await renewParts();
    return isPending();
  }, PAUSE).start();
}
