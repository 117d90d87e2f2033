/** The curves of one training out of its epochs: accuracy, loss, learning rate. */

/**
 * @typedef {Record<string, number>} Epoch with the log's headings as keys
 */

/**
 * @param {Epoch[]} epochs
 * @param {import("../messages.js").Messages} messages
 * @returns {Record<string, import("./chart-traces.js").Chart>} by the id of their figure
 */
export function curvesOf(epochs, messages) {
  const rates = epochs.map(({ learning_rate: rate }) => rate).filter((rate) => rate > 0);
  const isLevel = rates.length > 0 && Math.min(...rates) === Math.max(...rates);
  const training = messages.text("run.training");
  const validation = messages.text("run.validation");
  const x_title = messages.text("run.epoch");
  const of = (name, key, more = {}) => ({
    name,
    x: epochs.map(({ epoch }) => epoch),
    y: epochs.map((epoch) => epoch[key]),
    ...more,
  });
  const dashed = { dash: true, colour: 1 };
  return {
    "chart-accuracy": {
      kind: "lines",
      percent: true,
      x_whole: true,
      x_title,
      y_title: messages.text("run.accuracy"),
      series: [
        of(validation, "val_accuracy", { colour: 0 }),
        of(training, "accuracy", dashed),
      ],
    },
    "chart-loss": {
      kind: "lines",
      x_whole: true,
      x_title,
      y_title: messages.text("run.loss"),
      series: [of(validation, "val_loss", { colour: 0 }), of(training, "loss", dashed)],
    },
    "chart-rate": {
      kind: "lines",
      x_whole: true,
      // Plotly draws one unit around a level line, in which a rate of 0.001 is 0.
      y_range: isLevel ? [0, 2 * rates[0]] : undefined,
      x_title,
      y_title: messages.text("run.learning_rate"),
      series: [of(messages.text("run.learning_rate"), "learning_rate", { colour: 2 })],
    },
  };
}
