/** The same numbers as a chart, as a table or a file for those who cannot see it or want figures. */

const FORMULA = /^[=+\-@\t\r]./s; // a spreadsheet would compute what begins so (CWE-1236)

/**
 * @param {import("./chart-traces.js").Chart} chart
 * @param {string} language a BCP 47 tag
 * @returns {HTMLTableElement}
 */
export function tableOf(chart, language) {
  const { heads, rows } = contentOf(chart);
  const table = document.createElement("table");
  table.append(section("thead", [heads], () => "th", language));
  table.append(section("tbody", rows, (index) => (index === 0 ? "th" : "td"), language));
  for (const cell of table.querySelectorAll("thead th")) cell.scope = "col";
  for (const cell of table.querySelectorAll("tbody th")) cell.scope = "row";
  return table;
}

/**
 * @param {import("./chart-traces.js").Chart} chart
 * @returns {string} its table as CSV (RFC 4180): plain numbers, shares as 0-1
 */
export function csvOf(chart) {
  const { heads, rows } = contentOf(chart);
  return [heads, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(value) {
  if (typeof value !== "string") return String(value?.share ?? (typeof value === "number" ? value : ""));
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @returns {{heads: string[], rows: ((number | string | null)[])[]}} */
export function contentOf(chart) {
  if (chart.kind === "heatmap") return cellsOf(chart);
  if (chart.kind === "parallel") return dimensionsOf(chart);
  const series = chart.series ?? [];
  const places = [...new Set(series.flatMap(({ x }) => x))];
  if (places.every((place) => typeof place === "number")) places.sort((a, b) => a - b);
  const columns = series.map(byPlace);
  return {
    heads: [chart.x_title ?? "", ...series.map(({ name }) => name || (chart.y_title ?? ""))],
    rows: places.flatMap((place) => rowsAt(place, columns.map((column) => column.get(place) ?? []), chart)),
  };
}

/** Points may stand above one another, as trials with the same setting do. */
function byPlace({ x, y }) {
  const found = new Map(x.map((place) => [place, []]));
  x.forEach((place, index) => found.get(place).push(y[index]));
  return found;
}

function rowsAt(place, columns, { percent, x_percent }) {
  return Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, row) => [
    x_percent ? share(place) : place,
    ...columns.map((values) => (percent ? share(values[row]) : values[row])),
  ]);
}

function cellsOf({ cells, percent, y_title }) {
  const rows = cells.y.map((name, index) => [
    name,
    ...cells.z[index].map((value) => (percent ? share(value) : value)),
  ]);
  return { heads: [y_title ?? "", ...cells.x], rows };
}

function dimensionsOf({ dimensions }) {
  const count = dimensions[0]?.values.length ?? 0;
  return {
    heads: ["", ...dimensions.map(({ name }) => name)],
    rows: Array.from({ length: count }, (_, row) => [
      row + 1,
      ...dimensions.map(({ values }) => values[row]),
    ]),
  };
}

function share(value) {
  return typeof value === "number" ? { share: value } : value;
}

function section(tag, rows, cellTag, language) {
  const made = document.createElement(tag);
  for (const row of rows) {
    const line = document.createElement("tr");
    row.forEach((value, index) => {
      const cell = document.createElement(cellTag(index));
      cell.textContent = written(value, language);
      line.append(cell);
    });
    made.append(line);
  }
  return made;
}

function written(value, language) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return value;
  if (typeof value === "object") {
    return new Intl.NumberFormat(language, {
      style: "percent",
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
    }).format(value.share);
  }
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 5 }).format(value);
}
