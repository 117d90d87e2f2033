/** An entry: show every chart of the page that came with its numbers. */
import { showChart } from "./chart.js";

for (const figure of document.querySelectorAll("figure.chart")) {
  const content = figure.querySelector('script[type="application/json"]');
  if (content) showChart(figure, JSON.parse(content.textContent));
}
