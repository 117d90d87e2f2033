/**
 * Take a file into memory and say, before it is sent, whether it may be a picture that is read.
 *
 * Its content decides: systems give the same picture many types, or none. It is read at once, for
 * a file that is changed or moved later cannot be sent any more.
 */
import { asShown } from "./png-orientation.js";

const HEAD = 12; // bytes that tell what a file is
const SIGNATURES = [/^\x89PNG\r\n\x1a\n/, /^\xff\xd8/, /^GIF8[79]a/, /^BM/, /^RIFF[^]{4}WEBP/];

/**
 * @param {File} file
 * @param {number} maxBytes the largest file that is sent
 * @returns {Promise<{file: File, refusal: null} | {file: null, refusal: string}>} the file with its
 *   content in memory, or the key of the sentence that says why it is not sent
 */
export async function takeIn(file, maxBytes) {
  if (file.size > maxBytes) return refused("picture.too_large");
  let content;
  try {
    content = await file.arrayBuffer();
  } catch {
    return refused("picture.unreadable");
  }
  if (content.byteLength === 0) return refused("picture.damaged");
  if (!isPicture(content)) return refused("picture.unknown_type");
  return { file: new File([await asShown(content)], file.name, { type: file.type }), refusal: null };
}

function isPicture(content) {
  const head = String.fromCharCode(...new Uint8Array(content.slice(0, HEAD)));
  return SIGNATURES.some((signature) => signature.test(head));
}

function refused(refusal) {
  return { file: null, refusal };
}
