/** The entry of the page of corrections: times as here, and review without loading it anew. */
import "./local-times.js";
import { CorrectionReview } from "./correction-review.js";
import { Announcer } from "../announcer.js";
import { Memory } from "../memory.js";
import { Messages } from "../messages.js";

const find = (selector) => document.querySelector(selector);
const list = find(".cards[data-review]");
if (list) connectReview();

function connectReview() {
  const messages = new Messages(
    JSON.parse(find("#messages").textContent),
    document.documentElement.lang,
  );
  const announcer = new Announcer(find("#review-news"));
  const review = new CorrectionReview(list, find("#several"), (said) => announcer.say(said), messages);
  const keys = review.keys();
  new Memory(() => localStorage).keepChecked(find("#shortcuts"), "shortcuts", (isOn) => {
    keys.isOn = isOn;
  });
  find("#keys").hidden = false;
  connect("#choose-all", () => review.choose());
  connect("#choose-kind", () => review.chooseKind());
  connect("#choose-none", () => review.choose([]));
  connect("#undo", () => review.undo());
}

function connect(selector, action) {
  find(selector).hidden = false;
  find(selector).addEventListener("click", action);
}
