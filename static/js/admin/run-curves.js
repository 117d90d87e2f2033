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
      x_title,
      y_title: messages.text("run.accuracy"),
      series: [
        of(validation, "val_accuracy", { colour: 0 }),
        of(training, "accuracy", dashed),
      ],
    },
    "chart-loss": {
      kind: "lines",
      x_title,
      y_title: messages.text("run.loss"),
      series: [of(validation, "val_loss", { colour: 0 }), of(training, "loss", dashed)],
    },
    "chart-rate": {
      kind: "lines",
      x_title,
      y_title: messages.text("run.learning_rate"),
      series: [of(messages.text("run.learning_rate"), "learning_rate", { colour: 2 })],
    },
  };
}
