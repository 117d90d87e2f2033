/** The entry of the About page: ask the server which model answers, and how good it is. */
import { Messages } from "./messages.js";
import { figuresOf } from "./model-figures.js";

const place = document.querySelector("#model");
const messages = new Messages(
  JSON.parse(document.querySelector("#messages").textContent),
  document.documentElement.lang,
);

try {
  const response = await fetch(place.dataset.model);
  if (response.ok) showFigures(figuresOf(await response.json(), messages));
  else showSentence("model.absent");
} catch {
  showSentence("model.unreachable");
}

function showFigures(figures) {
  const list = document.createElement("dl");
  list.className = "figures";
  for (const [name, value] of figures) {
    const row = document.createElement("div");
    row.append(element("dt", name), element("dd", value));
    list.append(row);
  }
  place.replaceChildren(list);
}

function showSentence(key) {
  place.replaceChildren(element("p", messages.text(key)));
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}
