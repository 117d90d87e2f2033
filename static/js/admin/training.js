/** The entry of the queue's page: keep it as the server knows it. */
import { renewParts } from "./fresh-parts.js";
import { JobStates } from "./job-states.js";
import { Rounds } from "./rounds.js";
import { Messages } from "../messages.js";

const PAUSE = 2_500; // milliseconds
const messages = new Messages(
  JSON.parse(document.querySelector("#messages").textContent),
  document.documentElement.lang,
);
const states = new JobStates(document.querySelector("#news"), messages);

function jobsOf(root) {
  const jobs = [...root.querySelectorAll("[data-job]")];
  return new Map(jobs.map(({ dataset: { job, title, state } }) => [job, { title, state }]));
}

states.tell(jobsOf(document));
new Rounds(async () => {
  states.tell(jobsOf(await renewParts()));
}, PAUSE).start();
