import assert from "node:assert/strict";
import { test } from "node:test";

import { contentOf, csvOf } from "../../static/js/admin/chart-table.js";
import { layoutOf, tracesOf } from "../../static/js/admin/chart-traces.js";
import { curvesOf } from "../../static/js/admin/run-curves.js";
import { smooth } from "../../static/js/admin/smoothing.js";
import { Messages } from "../../static/js/messages.js";

const THEME = { series: ["red", "blue"], text: "black", muted: "grey", line: "grey", font: "x" };

test("a smoothed constant stays as it is, from the first value on", () => {
  const close = (value) => Math.abs(value - 5) < 1e-12;

  assert.ok(smooth([5, 5, 5], 0.9).every(close));
  assert.deepEqual(smooth([1, 2, 3], 0), [1, 2, 3]);
  assert.deepEqual(smooth([null, 4], 0.5), [null, 4]);
});

test("a smoothed curve lies between its values", () => {
  const smoothed = smooth([0, 10, 0, 10], 0.5);

  assert.ok(smoothed.every((value) => value >= 0 && value <= 10));
  assert.ok(smoothed[1] < 10);
});

test("the table has a row for each place of any series, in order", () => {
  const chart = {
    kind: "lines",
    x_title: "Epoch",
    series: [
      { name: "a", x: [2, 1], y: [0.2, 0.1] },
      { name: "b", x: [10], y: [5] },
    ],
  };

  const { heads, rows } = contentOf(chart);

  assert.deepEqual(heads, ["Epoch", "a", "b"]);
  assert.deepEqual(rows, [[1, 0.1, undefined], [2, 0.2, undefined], [10, undefined, 5]]);
});

test("the file has the table's numbers as they are, and no formula", () => {
  const chart = {
    x_title: "Epoch",
    percent: true,
    series: [
      { name: '=2+3, "a"', x: [1, 2], y: [0.25, null] },
      { name: "lớp 10A", x: [2], y: [1] },
    ],
  };

  assert.equal(csvOf(chart), 'Epoch,"\'=2+3, ""a""",lớp 10A\r\n1,0.25,\r\n2,,1\r\n');
});

test("every kind of chart becomes traces and a layout that sets no style attribute", () => {
  const charts = [
    { kind: "lines", series: [{ name: "a", x: [1], y: [2] }], y_log: true },
    { kind: "bars", series: [{ name: "a", x: ["0"], y: [2], interval: [[1, 3]] }] },
    { kind: "bars", across: true, percent: true, series: [{ name: "a", x: ["z"], y: [0.5] }] },
    { kind: "heatmap", cells: { x: ["0", "1"], y: ["0"], z: [[1, null]] } },
    { kind: "parallel", dimensions: [{ name: "lr", values: [0.1, 100] }, { name: "o", values: ["a", "b"] }] },
    { kind: "points", series: [{ name: "a", x: [1], y: [2] }] },
  ];

  for (const chart of charts) {
    const types = tracesOf(chart, THEME).map(({ type }) => type);
    assert.ok(types.length && types.every((type) => type === "scatter" || type === "bar"));
    assert.ok(!JSON.stringify(layoutOf(chart, THEME, "vi")).includes("power"));
  }
  assert.equal(layoutOf(charts[0], THEME, "vi").separators, ",.");
});

test("a hidden series keeps its colour for when it is shown again", () => {
  const chart = { kind: "lines", series: [{ name: "a", x: [], y: [] }, { name: "b", x: [], y: [] }] };

  const [a, b] = tracesOf(chart, THEME, new Set(["a"]));

  assert.deepEqual([a.visible, b.visible, b.line.color], [false, true, "blue"]);
});

test("parallel axes of wide settings are logarithmic", () => {
  const [, middle] = tracesOf(
    { kind: "parallel", dimensions: [{ name: "lr", values: [0.001, 0.1, 10] }] },
    THEME,
  );

  assert.ok(Math.abs(middle.y[0] - 0.5) < 1e-12);
});

test("a training's epochs become three charts", () => {
  const epoch = { epoch: 1, loss: 0.5, val_loss: 0.4, accuracy: 0.9, val_accuracy: 0.95, learning_rate: 0.003 };

  const charts = curvesOf([epoch], new Messages({}, "en"));

  assert.deepEqual(Object.keys(charts), ["chart-accuracy", "chart-loss", "chart-rate"]);
  assert.deepEqual(charts["chart-loss"].series.map(({ y }) => y[0]), [0.4, 0.5]);
});


test("a level rate is drawn between 0 and twice as much, and epochs are whole", () => {
  const messages = new Messages({}, "en");
  const epochs = [1, 2, 3].map((epoch) => ({ epoch, learning_rate: 0.001 }));

  const { "chart-rate": chart } = curvesOf(epochs, { text: (key) => key });
  const { xaxis, yaxis } = layoutOf(chart, THEME, messages.language);

  assert.deepEqual(yaxis.range, [0, 0.002]);
  assert.equal(xaxis.dtick, 1);
});

test("many epochs are marked at round numbers, and a log axis has no end at 0", () => {
  const epochs = Array.from({ length: 120 }, (_, at) => ({ epoch: at + 1, learning_rate: 0.001 }));

  const { "chart-rate": chart } = curvesOf(epochs, { text: (key) => key });
  const { xaxis, yaxis } = layoutOf({ ...chart, y_log: true }, THEME, "en");

  assert.equal(xaxis.dtick, 20);
  assert.equal(yaxis.range, undefined);
});
