/**
 * What a model tells about itself, as names and values for a person.
 *
 * Runs differ in what was measured; a figure that is missing is left out.
 */
const ACCURACIES = ["mnist_test", "held_out_writers", "held_out_sites"];
const INTERVAL_LEVEL = 0.95;

/**
 * @param {object} model the answer of `GET /api/v1/models/current`
 * @param {import("./messages.js").Messages} messages
 * @returns {[string, string][]} names and values in the order to show them
 */
export function figuresOf(model, messages) {
  const measured = ACCURACIES.filter((key) => isShare(model.metrics?.[key]?.accuracy));
  const accuracies = measured.map((key) => [
    messages.text(`model.${key}`),
    accuracyOf(model.metrics[key], messages),
  ]);
  const size = Number.isFinite(model.parameters)
    ? [[messages.text("model.parameters"), messages.number(model.parameters)]]
    : [];
  return [[messages.text("model.name"), String(model.run ?? "")], ...accuracies, ...size];
}

function accuracyOf({ accuracy, interval, total }, messages) {
  if (!Array.isArray(interval) || !interval.every(isShare) || !Number.isFinite(total)) {
    return messages.exactPercent(accuracy);
  }
  return messages.text("model.interval", {
    accuracy: messages.exactPercent(accuracy),
    low: messages.exactPercent(interval[0]),
    high: messages.exactPercent(interval[1]),
    level: messages.percent(INTERVAL_LEVEL),
    total,
  });
}

function isShare(value) {
  return Number.isFinite(value) && value >= 0 && value <= 1;
}
