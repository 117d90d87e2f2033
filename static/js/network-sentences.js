/**
 * What is said of a question that got no answer.
 *
 * @param {import("./prediction-request.js").RequestError} error
 * @param {import("./messages.js").Messages} messages
 * @returns {string}
 */
export function sentenceForFailure({ kind, status, detail }, messages) {
  if (kind === "lost") return messages.text("network.lost");
  if (kind === "unreadable") return messages.text("network.unreadable");
  return detail || messages.text("network.refused", { status: String(status) });
}
