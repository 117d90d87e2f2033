/** What can be said about a file before it is sent: whether it may be a picture that is read. */
export const MAX_BYTES = 10 * 2 ** 20;

const READ = new Set([
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/bmp",
  "image/x-ms-bmp",
  "image/gif",
  "", // the browser does not know; the server will
]);

/** @param {File} file @returns {string | null} key of the sentence that says why it is not sent */
export function refusalOf({ type, size }) {
  if (!READ.has(type)) return "picture.unknown_type";
  if (size === 0) return "picture.damaged";
  return size > MAX_BYTES ? "picture.too_large" : null;
}
