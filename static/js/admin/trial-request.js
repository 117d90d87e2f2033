/**
 * Ask two runs about a drawing.
 *
 * What goes wrong becomes a `RequestError`, as where one run is asked (`prediction-request.js`).
 */
import { readAnswer, RequestError } from "../prediction-request.js";

/**
 * @param {string} url
 * @param {{first: string, second: string}} runs their names
 * @param {object} drawing the document of `Drawing.toDocument`
 * @param {string} token against forgery
 * @param {AbortSignal} signal
 * @returns {Promise<{run: string, answer?: object, problem?: string}[]>} of both runs
 * @throws {RequestError}
 */
export async function requestTrial(url, runs, drawing, token, signal) {
  const response = await post(`${url}?${new URLSearchParams(runs)}`, drawing, token, signal);
  if (!response.ok || response.redirected) {
    throw new RequestError("refused", { status: response.redirected ? 401 : response.status });
  }
  try {
    return (await response.json()).answers;
  } catch {
    throw new RequestError("unreadable");
  }
}

/**
 * Ask how a run's answer comes about.
 *
 * @param {string} url
 * @param {string} run its name
 * @param {object} drawing the document of `Drawing.toDocument`, and which digit
 * @param {string} token against forgery
 * @param {AbortSignal} signal
 * @returns {Promise<object>} the explanation, as the API's
 * @throws {RequestError}
 */
export async function requestExplanation(url, run, drawing, token, signal) {
  return readExplanation(await post(withRun(url, run), drawing, token, signal));
}

/**
 * Ask how a run's answer to the picture of one digit comes about.
 *
 * @param {string} url
 * @param {string} run its name
 * @param {string} image a PNG as a `data:` address
 * @param {string} token against forgery
 * @param {AbortSignal} signal
 * @returns {Promise<object>} the explanation, as the API's
 * @throws {RequestError}
 */
export async function requestInkExplanation(url, run, image, token, signal) {
  const bytes = Uint8Array.from(atob(image.split(",")[1]), (letter) => letter.charCodeAt(0));
  return readExplanation(await send(withRun(url, run), bytes, "image/png", token, signal));
}

async function readExplanation(response) {
  const status = response.redirected ? 401 : response.status;
  return readAnswer({ status, text: await response.text(), retryAfter: null });
}

function withRun(url, run) {
  return `${url}?${new URLSearchParams({ run })}`;
}

function post(url, drawing, token, signal) {
  return send(url, JSON.stringify(drawing), "application/json", token, signal);
}

async function send(url, body, type, token, signal) {
  const headers = { "Content-Type": type, Accept: "application/json", "X-CSRFToken": token };
  try {
    return await fetch(url, { method: "POST", headers, body, signal });
  } catch {
    throw new RequestError("lost");
  }
}
