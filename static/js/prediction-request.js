/**
 * Ask the server which digit a drawing is.
 *
 * Whatever goes wrong becomes a `RequestError` that says whether asking again can help and when;
 * `answer-loop.js` decides what to do about it.
 */
const WORTH_RETRYING = new Set([408, 425, 429, 502, 503, 504]);

export class RequestError extends Error {
  /**
   * @param {"lost" | "refused" | "unreadable"} kind no answer, an error's answer, or gibberish
   * @param {{status?: number, detail?: string, retryAfter?: number | null}} facts
   *   detail: the server's own sentence; retryAfter: seconds
   */
  constructor(kind, { status = 0, detail = "", retryAfter = null } = {}) {
    super(detail || kind);
    this.name = "RequestError";
    this.kind = kind;
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** @returns {boolean} whether the same drawing may be answered later */
  get isPassing() {
    return this.kind === "lost" || WORTH_RETRYING.has(this.status);
  }
}

/**
 * @param {string} url of the predictions endpoint
 * @param {object} drawing the document of `Drawing.toDocument`
 * @param {AbortSignal} signal
 * @returns {Promise<object>} the answer, as the contract describes it
 * @throws {RequestError}
 */
export async function requestPrediction(url, drawing, signal) {
  const response = await post(url, JSON.stringify(drawing), signal);
  const retryAfter = response.headers.get("Retry-After");
  return readAnswer({ status: response.status, text: await textOf(response), retryAfter });
}

/**
 * @param {{status: number, text: string, retryAfter: string | null}} response its body, and the
 *   header of that name
 * @returns {object} the answer, as the contract describes it
 * @throws {RequestError} it is another one
 */
export function readAnswer({ status, text, retryAfter }) {
  const body = parsed(text);
  if (status !== 200) throw refusalOf(status, body, retryAfter);
  if (!isAnswer(body)) throw new RequestError("unreadable", { status });
  return body;
}

async function post(url, body, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  try {
    return await fetch(url, { method: "POST", headers, body, signal });
  } catch {
    throw new RequestError("lost");
  }
}

async function textOf(response) {
  try {
    return await response.text();
  } catch {
    throw new RequestError("lost");
  }
}

/** @param {string} text @returns {unknown} what it says as JSON; null where it is none */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * @param {number} status of an answer that is an error
 * @param {{detail?: unknown, title?: unknown} | null} body problem details (RFC 9457), if it is so
 * @param {string | null} retryAfter the header of that name
 * @returns {RequestError}
 */
export function refusalOf(status, body, retryAfter) {
  const detail = [body?.detail, body?.title].find((text) => typeof text === "string" && text);
  return new RequestError("refused", {
    status,
    detail: detail ?? "",
    retryAfter: secondsToWait(retryAfter),
  });
}

/**
 * @param {string | null} header seconds or an HTTP date (RFC 9110, 10.2.3)
 * @param {number} now milliseconds since 1970
 * @returns {number | null} seconds from now, null where the header says nothing usable
 */
export function secondsToWait(header, now = Date.now()) {
  if (header === null || header.trim() === "") return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

/** An explanation holds an answer. */
function isAnswer(body) {
  const answer = body?.prediction ?? body;
  return typeof answer?.verdict === "string" && Array.isArray(answer.digits);
}
