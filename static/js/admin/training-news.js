/** An entry, of every admin page: say in the title, and to whoever wants it, that a training is over. */
import { TrainingWatch } from "./training-watch.js";
import { TrainingNotices } from "./training-notices.js";
import { Announcer } from "../announcer.js";
import { Memory } from "../memory.js";
import { Messages } from "../messages.js";

const { trainings, messages: sentences } = JSON.parse(document.querySelector("#trainings").textContent);
const messages = new Messages(sentences, document.documentElement.lang);
const announcer = new Announcer(document.querySelector("#training-news"));
const notices = new TrainingNotices(new Memory(() => localStorage), document.querySelector("#notices"));
const watch = new TrainingWatch(new Memory(() => sessionStorage));
const title = document.title;

watch.addEventListener("over", ({ detail: { name, page, status, run } }) => {
  const sentence = messages.text(`training.${status}`, { run: name });
  document.title = `● ${sentence} · ${title}`;
  announcer.say(sentence);
  notices.show(sentence, { tag: run, page });
});
watch.follow(trainings);
