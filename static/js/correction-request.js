/**
 * Send a correction, or take one back.
 *
 * Whatever goes wrong becomes the `RequestError` of `prediction-request.js`.
 */
import { parsed, refusalOf, RequestError } from "./prediction-request.js";

const TIMEOUT = 10_000; // milliseconds until a request is given up

/**
 * @param {string} url of the corrections endpoint
 * @param {object} correction the contract's
 * @returns {Promise<{id: string, token: string}>}
 * @throws {RequestError}
 */
export async function sendCorrection(url, correction) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const body = JSON.stringify(correction);
  const kept = await ask(url, { method: "POST", headers, body });
  if (typeof kept?.id !== "string" || typeof kept.token !== "string") {
    throw new RequestError("unreadable");
  }
  return kept;
}

/**
 * @param {string} url of the corrections endpoint
 * @param {{id: string, token: string}} kept
 * @throws {RequestError}
 */
export async function takeBackCorrection(url, { id, token }) {
  const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
  await ask(`${url}/${id}`, { method: "DELETE", headers });
}

async function ask(url, options) {
  let response;
  let text;
  try {
    // Safari 15 knows no such signals, and its own time is as good.
    response = await fetch(url, { ...options, signal: AbortSignal.timeout?.(TIMEOUT) });
    text = await response.text();
  } catch {
    throw new RequestError("lost");
  }
  const body = parsed(text);
  const { ok, status, headers } = response;
  if (!ok) throw refusalOf(status, body, headers.get("Retry-After"));
  return body;
}
