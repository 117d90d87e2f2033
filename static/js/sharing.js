/** Take a drawing or a picture elsewhere: as JSON on the clipboard, or as a PNG file. */
import { paintStrokes } from "./ink.js";
import { SIDE } from "./stroke.js";

const PICTURE_SIDE = 1024; // pixels
const BOX = "#4a2fbd";

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
  const context = blankSheet(PICTURE_SIDE, PICTURE_SIDE);
  paintStrokes(context, strokes, { scale: PICTURE_SIDE / SIDE, width });
  return asFile(context);
}

/**
 * @param {HTMLImageElement} image
 * @param {object[]} digits of its answer, each of which gets its box
 * @returns {Promise<Blob | null>} the picture as PNG; null where the browser cannot
 */
export function pictureWithBoxes(image, digits) {
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width === 0) return Promise.resolve(null);
  const context = blankSheet(width, height);
  context.drawImage(image, 0, 0, width, height);
  context.lineWidth = Math.max(1, Math.max(width, height) / 300);
  context.strokeStyle = BOX;
  for (const { box } of digits) context.strokeRect(box.x, box.y, box.width, box.height);
  return asFile(context);
}

function blankSheet(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.fillStyle = "black";
  return context;
}

function asFile(context) {
  return new Promise((resolve) => context.canvas.toBlob(resolve, "image/png"));
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
