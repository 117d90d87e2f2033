/**
 * A chart as Plotly wants it: traces and a layout. Nothing here touches the page.
 *
 * @typedef {object} Series
 * @property {string} name
 * @property {(number | string)[]} x
 * @property {(number | null)[]} y
 * @property {boolean} [dash] drawn broken
 * @property {number} [colour] which of the colours, from 0; by default the series' place
 * @property {[number, number][]} [interval] lowest and highest of each y
 * @property {boolean} [points] marked and not joined, in a chart of lines
 * @property {string} [symbol] of its marks, as Plotly calls them
 *
 * @typedef {object} Chart
 * @property {"lines" | "points" | "bars" | "heatmap" | "parallel"} kind
 * @property {string} [x_title]
 * @property {string} [y_title]
 * @property {Series[]} [series] of lines, points and bars
 * @property {boolean} [x_log]
 * @property {boolean} [y_log]
 * @property {boolean} [x_time] x are times, as ISO 8601
 * @property {boolean} [percent] y, z or the last dimension are shares
 * @property {boolean} [x_percent] x are shares
 * @property {boolean} [x_whole] x are whole numbers, and so are the marks of their axis
 * @property {[number, number]} [x_range]
 * @property {[number, number]} [y_range]
 * @property {boolean} [stacked] bars stand on one another
 * @property {boolean} [across] bars lie: x is what they are of, y how long they are
 * @property {{x: string[], y: string[], z: (number | null)[][]}} [cells] of a heatmap
 * @property {{name: string, values: (number | string | null)[]}[]} [dimensions] of parallel lines;
 *   the last one colours them
 */

const DENSE = 60; // points of a line, above which each one is not marked

/** Separators of Plotly's numbers: decimal, then thousands. */
const SEPARATORS = { vi: ",.", en: ".," };

/**
 * @param {Chart} chart
 * @param {import("./chart-theme.js").themeOf extends (...a: any) => infer T ? T : never} theme
 * @param {Set<string>} hidden names of series that are not drawn
 */
export function tracesOf(chart, theme, hidden = new Set()) {
  if (chart.kind === "heatmap") return [heatmap(chart, theme)];
  if (chart.kind === "parallel") return parallelLines(chart, theme);
  return (chart.series ?? []).map((series, index) => ({
    ...(chart.kind === "bars" ? bars(chart, series, theme) : line(chart, series)),
    name: series.name,
    visible: !hidden.has(series.name),
    ...coloured(chart, theme.series[(series.colour ?? index) % theme.series.length], series),
  }));
}

/** @returns {object} the layout of this chart in this theme and language */
export function layoutOf(chart, theme, language) {
  return {
    font: { family: theme.font, color: theme.text, size: 13 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    hoverlabel: { bgcolor: theme.sheet, bordercolor: theme.line, font: { color: theme.text } },
    margin: { l: 8, r: 12, t: 12, b: 8 },
    separators: SEPARATORS[language] ?? SEPARATORS.en,
    showlegend: false,
    hovermode: hoverMode(chart),
    barmode: chart.stacked ? "stack" : "group",
    dragmode: globalThis.matchMedia?.("(pointer: coarse)").matches ? false : "zoom",
    ...axesOf(chart, theme),
  };
}

function axesOf(chart, theme) {
  if (chart.kind === "parallel") return parallelAxes(chart, theme);
  const across = {
    ...axis(theme, chart.x_title, chart.x_log && "log", chart.x_percent, chart.x_range),
    ...(chart.x_whole ? { dtick: wholeStep(chart), tick0: 0 } : {}),
    ...(chart.x_time ? { type: "date" } : {}),
    ...(areWords(chart) ? { type: "category" } : {}),
  };
  const isShare = chart.percent && chart.kind !== "heatmap";
  const up = axis(theme, chart.y_title, chart.y_log && "log", isShare, chart.y_range);
  if (chart.kind === "heatmap") {
    return {
      xaxis: { ...across, type: "category", showgrid: false },
      yaxis: { ...up, type: "category", showgrid: false, autorange: "reversed" },
    };
  }
  if (!chart.across) return { xaxis: across, yaxis: up };
  return { xaxis: up, yaxis: { ...across, type: "category", autorange: "reversed" } };
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const MARKS = 8; // on an axis, at most

function wholeStep({ series }) {
  const most = Math.max(1, ...(series ?? []).flatMap(({ x }) => x));
  return STEPS.find((step) => most / step <= MARKS) ?? 1000;
}

function axis(theme, title, type, isShare, range) {
  return {
    title: title ? { text: title, font: { color: theme.muted, size: 13 } } : undefined,
    type: type || undefined,
    range: type === "log" ? logarithms(range) : range,
    tickformat: isShare ? ",.4~%" : undefined,
    gridcolor: theme.line,
    zerolinecolor: theme.line,
    linecolor: theme.line,
    automargin: true,
    exponentformat: "none", // raised digits of powers come as style attributes, which are stopped
    tickfont: { color: theme.muted },
    spikecolor: theme.muted,
    spikethickness: 1,
  };
}

function logarithms(range) {
  return range?.[0] > 0 ? range.map(Math.log10) : undefined;
}

function areWords({ kind, series, x_time }) {
  if (kind !== "bars" || x_time) return false;
  return (series ?? []).some(({ x }) => x.some((at) => typeof at === "string"));
}

function hoverMode(chart) {
  return chart.kind === "lines" || (chart.kind === "bars" && !chart.across) ? "x unified" : "closest";
}

function line(chart, series) {
  const isJoined = chart.kind !== "points" && !series.points;
  const isMarked = series.x.length <= DENSE;
  const mode = !isJoined ? "markers" : isMarked ? "lines+markers" : "lines";
  return { type: "scatter", mode, x: series.x, y: series.y, hovertemplate: hover(chart) };
}

function bars(chart, series, theme) {
  const [x, y] = chart.across ? [series.y, series.x] : [series.x, series.y];
  return {
    type: "bar",
    orientation: chart.across ? "h" : "v",
    x,
    y,
    hovertemplate: chart.across ? `%{y}: %{x${figure(chart)}}<extra></extra>` : hover(chart),
    ...(series.interval ? { [chart.across ? "error_x" : "error_y"]: errors(series, theme) } : {}),
  };
}

function errors({ y, interval }, theme) {
  return {
    type: "data",
    symmetric: false,
    array: y.map((value, index) => interval[index][1] - value),
    arrayminus: y.map((value, index) => value - interval[index][0]),
    thickness: 1,
    color: theme.text,
  };
}

function figure(chart) {
  return chart.percent ? ":,.2%" : ":,.4~r";
}

function hover(chart) {
  return `${chart.kind === "points" ? "%{x}, " : ""}%{y${figure(chart)}}`;
}

function coloured(chart, colour, series) {
  if (chart.kind === "bars") return { marker: { color: colour } };
  const dash = series.dash ? "dot" : "solid";
  return { line: { color: colour, dash, width: 2 }, marker: marker(series, colour) };
}

function marker({ symbol }, color) {
  return symbol ? { color, symbol, size: 7 } : { color, size: 5 };
}

/** Squares, not Plotly's heatmap: that one sets style attributes, which our policy stops. */
function heatmap(chart, theme) {
  const { x, y, z } = chart.cells;
  const cells = y.flatMap((row, i) => x.map((column, j) => ({ column, row, value: z[i][j] })));
  const most = Math.max(...cells.map(({ value }) => value ?? 0), Number.MIN_VALUE);
  return {
    type: "scatter",
    mode: "markers",
    x: cells.map(({ column }) => column),
    y: cells.map(({ row }) => row),
    customdata: cells.map(({ value }) => value),
    hovertemplate: `%{x}, %{y}: %{customdata${figure(chart)}}<extra></extra>`,
    marker: {
      symbol: "square",
      size: cells.map(({ value }) => (value ? 8 + 14 * Math.sqrt(value / most) : 0)),
      color: theme.accent,
    },
  };
}

/** Lines over several axes, each scaled to 0-1; drawn as plain lines, which need no WebGL. */
function parallelLines(chart, theme) {
  const scaled = chart.dimensions.map(({ values }) => scaleOf(values));
  const rows = chart.dimensions[0]?.values.map((_, row) => row) ?? [];
  const last = scaled.at(-1);
  return rows.map((row) => ({
    type: "scatter",
    mode: "lines",
    x: chart.dimensions.map((_, index) => index),
    y: scaled.map((place) => place(row)),
    text: chart.dimensions.map(({ name, values }) => `${name}: ${values[row] ?? "–"}`),
    hovertemplate: "%{text}<extra></extra>",
    line: { color: theme.series[0], width: 1 + 2 * (last?.(row) ?? 0) },
    opacity: 0.15 + 0.75 * (last?.(row) ?? 0) ** 2,
  }));
}

function parallelAxes(chart, theme) {
  const names = chart.dimensions.map(({ name }) => name);
  const places = names.map((_, index) => index);
  return {
    xaxis: {
      tickvals: places,
      ticktext: names,
      range: [-0.4, names.length - 0.6],
      ticklabeloverflow: "allow",
      gridcolor: theme.muted,
      zeroline: false,
      automargin: true,
      tickfont: { color: theme.muted },
    },
    yaxis: { visible: false, range: [-0.05, 1.05] },
  };
}

function scaleOf(values) {
  const isNumeric = values.every((value) => value === null || typeof value === "number");
  if (!isNumeric) {
    const names = [...new Set(values)].sort();
    return (row) => names.indexOf(values[row]) / Math.max(1, names.length - 1);
  }
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const isWide = low > 0 && high / low > 30; // a search draws such settings by their logarithm
  const measure = isWide ? Math.log : Number;
  const span = measure(high) - measure(low) || 1;
  return (row) => (values[row] === null ? null : (measure(values[row]) - measure(low)) / span);
}
