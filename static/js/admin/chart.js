/**
 * A chart in its figure: drawn by Plotly, in the page's theme and language, with its tools.
 *
 * templates/admin/chart.html makes the figure. What a chart may say: `chart-traces.js`. The table
 * shows the numbers as they are; smoothing and log scales are the drawing's alone.
 */
import { layoutOf, tracesOf } from "./chart-traces.js";
import { csvOf, tableOf } from "./chart-table.js";
import { COLOURS, onThemeChange, themeOf } from "./chart-theme.js";
import { loadPlotly } from "./plotly-script.js";
import { PICTURE, fileName, pictureOf } from "./chart-picture.js";
import { smooth } from "./smoothing.js";

const CONFIG = { responsive: true, displayModeBar: false, showTips: false, displaylogo: false };
const ZOOM = 2;
const shown = new WeakMap();

/**
 * @param {HTMLElement} figure made by the macro `chart`
 * @param {import("./chart-traces.js").Chart} chart
 * @returns {Promise<void>} when it is drawn; a browser that cannot draw shows the table
 */
export async function showChart(figure, chart) {
  const view = shown.get(figure) ?? new ChartView(figure);
  shown.set(figure, view);
  await view.show(chart);
}

/** Draw new series into a chart that is shown already; zoom and choices stay. */
export async function updateChart(figure, series) {
  await shown.get(figure).update(series);
}

class ChartView {
  #figure;
  #parts;
  #chart = {};
  #hidden = new Set();
  #scales = {}; // that somebody has chosen: `x_log`, `y_log`
  #language = document.documentElement.lang;
  #weight = 0;
  #plotly = null;

  constructor(figure) {
    this.#figure = figure;
    const part = (name) => figure.querySelector(`.chart-${name}`);
    this.#parts = {
      legend: part("legend"),
      plot: part("plot"),
      table: part("table"),
      trouble: part("trouble"),
    };
    figure.addEventListener("click", this.#use);
    figure.addEventListener("input", this.#smooth);
    onThemeChange(() => this.#draw());
  }

  async show(chart) {
    this.#chart = { ...chart, ...this.#scales };
    this.#showTools();
    this.#writeLegend();
    await this.#showAll();
  }

  async update(series) {
    const names = (list) => (list ?? []).map(({ name }) => name).join("\n");
    const isNew = names(series) !== names(this.#chart.series);
    this.#chart = { ...this.#chart, series };
    if (isNew) this.#writeLegend();
    await this.#showAll();
  }

  async #showAll() {
    const { trouble } = this.#parts;
    trouble.hidden = !isEmpty(this.#chart);
    trouble.textContent = trouble.dataset.empty;
    this.#showTable(!this.#parts.table.hidden);
    try {
      this.#plotly ??= await loadPlotly(this.#figure.dataset.script);
      await this.#draw();
    } catch (error) {
      console.info(error);
      trouble.textContent = trouble.dataset.failed;
      trouble.hidden = false;
      this.#showTable(true);
      this.#figure.querySelector('[data-tool="png"]').hidden = true;
    }
  }

  async #draw() {
    if (!this.#plotly || isEmpty(this.#chart)) return;
    const theme = themeOf(this.#figure);
    const chart = this.#smoothed();
    const layout = { ...layoutOf(chart, theme, this.#language), uirevision: "kept" };
    await this.#plotly.react(this.#parts.plot, tracesOf(chart, theme, this.#hidden), layout, {
      ...CONFIG,
      locale: this.#language,
    });
  }

  #smoothed() {
    if (!this.#weight || !this.#chart.series) return this.#chart;
    const series = this.#chart.series.map((one) => ({ ...one, y: smooth(one.y, this.#weight) }));
    return { ...this.#chart, series };
  }

  #smooth = (event) => {
    if (event.target.dataset.tool === "smooth") {
      this.#weight = Number(event.target.value);
      this.#draw();
    } else if (event.target.dataset.series !== undefined) {
      const { series } = event.target.dataset;
      if (event.target.checked) this.#hidden.delete(series);
      else this.#hidden.add(series);
      this.#draw();
    }
  };

  #use = (event) => {
    const button = event.target.closest("button[data-tool]");
    const tool = button?.dataset.tool;
    if (tool === "table") this.#showTable(button.getAttribute("aria-pressed") !== "true");
    if (tool === "x_log" || tool === "y_log") this.#scale(tool, button);
    if (tool === "zoom_in") this.#zoom(1 / ZOOM);
    if (tool === "zoom_out") this.#zoom(ZOOM);
    if (tool === "zoom_all") this.#zoomOut();
    if (tool === "png") this.#savePicture();
    if (tool === "csv") this.#saveNumbers();
  };

  #scale(tool, button) {
    this.#scales[tool] = !this.#chart[tool];
    this.#chart = { ...this.#chart, ...this.#scales };
    button.setAttribute("aria-pressed", String(this.#chart[tool]));
    this.#draw().then(() => this.#zoomOut()); // the range of another scale means nothing here
  }

  #zoom(factor) {
    const { plot } = this.#parts;
    const axis = plot._fullLayout?.xaxis;
    if (!axis) return;
    const [low, high] = axis.range.map((end) => axis.r2l(end));
    const [middle, half] = [(low + high) / 2, ((high - low) / 2) * factor];
    const range = [middle - half, middle + half].map((end) => axis.l2r(end));
    this.#plotly.relayout(plot, { "xaxis.range": range });
  }

  #zoomOut() {
    const { plot } = this.#parts;
    if (!plot._fullLayout) return;
    const { x_range: x, x_log: xLog, y_range: y, y_log: yLog } = this.#chart;
    const back = (name, range) =>
      range ? { [`${name}.range`]: range } : { [`${name}.autorange`]: true };
    this.#plotly.relayout(plot, { ...back("xaxis", xLog ? null : x), ...back("yaxis", yLog ? null : y) });
  }

  async #savePicture() {
    if (!this.#parts.plot._fullLayout) return;
    const image = pictureOf(this.#parts.plot, this.#title, themeOf(this.#figure));
    this.#save(await this.#plotly.toImage(image, PICTURE), "png");
  }

  #saveNumbers() {
    const text = `\ufeff${csvOf(this.#chart)}`; // spreadsheets know UTF-8 by its mark
    this.#save(`data:text/csv;charset=utf-8,${encodeURIComponent(text)}`, "csv");
  }

  #save(address, ending) {
    const link = document.createElement("a");
    link.href = address;
    link.download = `${fileName(`${document.querySelector("h1").textContent} ${this.#title}`)}.${ending}`;
    link.click();
  }

  get #title() {
    return this.#figure.querySelector(".chart-title").textContent;
  }

  #showTools() {
    for (const tool of ["x_log", "y_log"]) {
      const button = this.#figure.querySelector(`[data-tool="${tool}"]`);
      button?.setAttribute("aria-pressed", String(Boolean(this.#chart[tool])));
    }
  }

  #showTable(isShown) {
    const { plot, table, legend } = this.#parts;
    // Only where it is seen: a training's has a row an epoch, and all of it is written every time.
    table.replaceChildren(...(isShown ? [tableOf(this.#chart, this.#language)] : []));
    table.hidden = !isShown;
    plot.hidden = isShown || isEmpty(this.#chart);
    legend.hidden = isShown || !legend.childElementCount;
    this.#figure.querySelector('[data-tool="table"]').setAttribute("aria-pressed", String(isShown));
  }

  #writeLegend() {
    const { legend } = this.#parts;
    const series = this.#chart.series ?? [];
    legend.replaceChildren(...(series.length > 1 ? series.map(this.#entry) : []));
    legend.hidden = !legend.childElementCount || !this.#parts.table.hidden;
  }

  #entry = (series, index) => {
    const label = document.createElement("label");
    label.className = `series series-${((series.colour ?? index) % COLOURS) + 1}`;
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !this.#hidden.has(series.name);
    box.dataset.series = series.name;
    const line = document.createElement("span");
    line.className = series.dash ? "series-line dashed" : "series-line";
    label.append(box, line, document.createTextNode(series.name));
    return label;
  };
}

function isEmpty(chart) {
  if (chart.kind === "heatmap") return !chart.cells.z.flat().some(Boolean);
  if (chart.kind === "parallel") return !chart.dimensions[0]?.values.length;
  return !(chart.series ?? []).some(({ x }) => x.length);
}
