/** The entry of the overview: draw what was counted, and keep up with it. */
import { showChart, updateChart } from "./chart.js";
import { renewParts } from "./fresh-parts.js";
import { Rounds } from "./rounds.js";
import { withLocalTimes } from "./time-axis.js";

const PAUSES = { hour: 5_000, day: 30_000, week: 120_000, month: 300_000 }; // milliseconds
const shown = new Map(); // the JSON of each chart, by its id

async function show() {
  const text = document.querySelector("#counted script").textContent;
  for (const [id, counted] of Object.entries(JSON.parse(text))) await draw(id, counted);
}

async function draw(id, counted) {
  const json = JSON.stringify(counted);
  if (shown.get(id) === json) return;
  const figure = document.getElementById(id);
  const chart = withLocalTimes(counted, document.documentElement.lang);
  if (shown.has(id) && chart.series) await updateChart(figure, chart.series);
  else await showChart(figure, chart);
  shown.set(id, json);
}

await show();
new Rounds(async () => {
  await renewParts();
  await show();
}, PAUSES[document.querySelector("#counted").dataset.period]).start();
