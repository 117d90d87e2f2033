/** The entry of a run's page: its curves, live while it trains, and its samples. */
import { Messages } from "../messages.js";
import { showChart } from "./chart.js";
import { curvesOf } from "./run-curves.js";
import { RunFeed } from "./run-feed.js";
import { SampleInside } from "./sample-inside.js";
import { ProgressView } from "./run-progress.js";
import { renewParts } from "./fresh-parts.js";
import { SamplesView } from "./run-samples.js";
import { reloadPage, watchVersion } from "./version-watch.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const messages = new Messages(read("messages"), document.documentElement.lang);
const live = document.querySelector("#live");
const samples = document.querySelector("#answer-samples");
let epochs = read("epochs");

showCurves();
if (samples?.querySelector("#samples")) new SamplesView(samples, messages);
const inside = document.querySelector("#inside");
const token = document.querySelector("meta[name=csrf-token]").content;
if (inside) new SampleInside(document.querySelector("main"), inside, messages, token);
if (live) follow(live.dataset);

// It ends, is continued, queued, served: each means other buttons and parts of the page.
watchVersion(document.querySelector("#page-version").dataset, reloadPage);

function showCurves() {
  for (const [id, chart] of Object.entries(curvesOf(epochs, messages))) {
    const figure = document.getElementById(id);
    if (figure) showChart(figure, chart);
  }
}

function follow({ events, progress, status }) {
  const part = (name) => document.querySelector(`#live-${name}`);
  const view = new ProgressView({ bar: part("bar"), words: part("words"), way: part("way") }, messages);
  const feed = new RunFeed({ events, progress }, epochs.length);
  feed.addEventListener("epochs", ({ detail }) => {
    epochs = detail.is_anew ? detail.epochs : [...epochs, ...detail.epochs];
    showCurves();
    renewParts().catch(console.info); // the log's table; the next epoch tries again
  });
  feed.addEventListener("way", ({ detail }) => view.showWay(detail));
  feed.addEventListener("progress", ({ detail }) => {
    if (detail.status !== status) reloadPage();
    else view.show(detail);
  });
  feed.addEventListener("over", reloadPage);
}
