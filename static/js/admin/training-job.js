/** The entry of a job's page: follow its log and its state until it is over. */
import { renewParts } from "./fresh-parts.js";
import { JobStates } from "./job-states.js";
import { LogTail } from "./log-tail.js";
import { Rounds } from "./rounds.js";
import { Messages } from "../messages.js";

const PAUSE = 1_500; // milliseconds
const LONG = 16_000; // characters; the server gives at most 65,536 bytes at once
const element = document.querySelector("#log");
const trouble = document.querySelector("#log-trouble");
const messages = new Messages(
  JSON.parse(document.querySelector("#messages").textContent),
  document.documentElement.lang,
);
const states = new JobStates(document.querySelector("#news"), messages);
const tail = new LogTail(element);

async function readOn() {
  const address = `${element.dataset.news}?from=${tail.next}`;
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

async function follow() {
  let news;
  try {
    do {
      news = await readOn();
      tail.add(news);
      // A quick training prints all the time: only behind a long part, or at the end, is there more.
    } while (news.text.length > LONG || (news.is_over && news.text !== ""));
    trouble.textContent = "";
  } catch (error) {
    trouble.textContent = messages.text("log.unreachable");
    throw error;
  }
  document.querySelector("#log-empty").hidden = !element.hidden;
  states.tell(new Map([["job", { title: news.title, state: news.state }]]));
  await renewParts();
  return !news.is_over;
}

if (!("over" in element.dataset)) new Rounds(follow, PAUSE).start();
