/** The entry of the page of releases: keep up with which worker serves which run. */
import { renewParts } from "./fresh-parts.js";
import { writeLocalTimes } from "./local-times.js";
import { Rounds } from "./rounds.js";

const PAUSE = 1_500; // milliseconds

const workers = document.querySelector("#workers");

new Rounds(async () => {
  const answer = await fetch(workers.dataset.source, { headers: { Accept: "text/html" } });
  if (answer.redirected) return false; // signed out
  if (!answer.ok) return true;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  writeLocalTimes(fresh);
  const isNew = fresh.textContent !== workers.textContent;
  if (isNew && !workers.contains(document.activeElement)) {
    await renewParts(); // another run is served, or a worker came or went; fails while it restarts
    workers.replaceChildren(...fresh.childNodes); // and then the next round finds news again
  }
  return true;
}, PAUSE).start();
