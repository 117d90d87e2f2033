/** Take a drawing elsewhere: as JSON on the clipboard, or as a PNG file. */
import { paintStrokes } from "./ink.js";
import { SIDE } from "./stroke.js";

const PICTURE_SIDE = 1024; // pixels

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether the browser allowed it
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/**
 * @param {import("./stroke.js").Stroke[]} strokes
 * @param {number} width of the pen, thousandths of the side
 * @returns {Promise<Blob | null>} black ink on white paper as PNG; null where the browser cannot
 */
export function pictureOf(strokes, width) {
  const canvas = document.createElement("canvas");
  canvas.width = PICTURE_SIDE;
  canvas.height = PICTURE_SIDE;
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
  context.fillStyle = "black";
  paintStrokes(context, strokes, { scale: PICTURE_SIDE / SIDE, width });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** @param {Blob} blob @param {string} name of the file */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The clipboard API is missing where a page is served without TLS, as in many classrooms. */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return isCopied;
}
