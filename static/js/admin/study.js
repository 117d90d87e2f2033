/** The entry of a study's page: its charts, and both up to date while workers are at it. */
import { showChart } from "./chart.js";
import { renewParts } from "./fresh-parts.js";
import { watchVersion } from "./version-watch.js";

const shown = new Map(); // figure's id -> its chart, as JSON

showCharts(document);
watchVersion(document.querySelector("#study").dataset, () => renewParts().then(showCharts));

/** @param {Document} page this one, or as the server makes it now */
function showCharts(page) {
  const charts = JSON.parse(page.querySelector("#study-charts").textContent);
  for (const [id, chart] of Object.entries(charts)) {
    const content = JSON.stringify(chart);
    const figure = document.getElementById(id);
    if (figure === null || shown.get(id) === content) continue;
    shown.set(id, content);
    showChart(figure, chart);
  }
}
