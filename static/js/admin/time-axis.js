/** Times of a chart, which come in UTC, in the zone of whoever looks at it. */

/**
 * @param {import("./chart-traces.js").Chart} chart whose x are ISO 8601 with a zone
 * @param {string} language a BCP 47 tag
 * @returns {import("./chart-traces.js").Chart} the same with local times
 */
export function withLocalTimes(chart, language) {
  if (chart.kind === "heatmap") {
    const format = new Intl.DateTimeFormat(language, shapeOf(chart.cells.x));
    const x = chart.cells.x.map((text) => format.format(new Date(text)));
    return { ...chart, cells: { ...chart.cells, x } };
  }
  return { ...chart, series: chart.series.map((one) => ({ ...one, x: one.x.map(local) })) };
}

/** Plotly takes a time without a zone as it stands. */
function local(text) {
  const moment = new Date(text);
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16).replace("T", " ");
}

/** The columns' names must differ, and be short. */
function shapeOf(texts) {
  const span = (new Date(texts.at(-1)) - new Date(texts[0])) / 3_600_000; // hours
  if (span < 24) return { hour: "2-digit", minute: "2-digit" };
  return span < 200
    ? { day: "numeric", month: "numeric", hour: "2-digit" }
    : { day: "numeric", month: "numeric" };
}
