/**
 * Ask the server which digits are on a picture. The file goes as it is: no canvas reads it.
 *
 * An XMLHttpRequest, since `fetch` does not tell how much has been sent.
 */
import { readAnswer, RequestError } from "./prediction-request.js";

const TIMEOUT = 90_000; // milliseconds, for a large photo over a slow network

/**
 * @param {string} url of the endpoint for pictures
 * @param {{file: File, mode: string, digit?: number}} picture
 * @param {AbortSignal} signal
 * @param {(share: number) => void} onProgress how much has been sent, from 0 to 1
 * @returns {Promise<object>} the answer, as the contract describes it
 * @throws {RequestError}
 */
export function requestPictureReading(url, { file, mode, digit = 0 }, signal, onProgress) {
  const form = new FormData();
  form.append("mode", mode);
  form.append("digit", digit); // only explanations look at it
  form.append("image", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const lose = () => reject(new RequestError("lost"));
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = TIMEOUT;
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("load", () => resolve(answerIn(request)));
    for (const type of ["error", "timeout", "abort"]) request.addEventListener(type, lose);
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

async function answerIn(request) {
  return readAnswer({
    status: request.status,
    text: request.responseText,
    retryAfter: request.getResponseHeader("Retry-After"),
  });
}
