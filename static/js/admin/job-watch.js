/** An entry: load the page again when the job that it waits for is over. */
import { Rounds } from "./rounds.js";

const PAUSE = 2_000; // milliseconds

const { state } = document.querySelector("#job").dataset;

new Rounds(async () => {
  const answer = await fetch(state);
  if (answer.status === 404 || (answer.ok && (await answer.json()).is_over)) location.reload();
}, PAUSE).start();
