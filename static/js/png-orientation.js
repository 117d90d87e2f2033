/**
 * Let a PNG be read as the browser shows it: not every one turns it by its eXIf note, as the server
 * does, and boxes would lie beside the ink.
 */
const SIGNATURE = 8; // bytes before the first chunk
const AROUND = 12; // bytes of a chunk beside its data: length, name and checksum
// 2 pixels wide, 1 high, and a note that it is to be turned by a quarter.
const TURNED =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAGmVYSWZNTQAqAAAACA" +
  "ABARIAAwAAAAEABgAAAAAAANZnS2kAAAALSURBVHicY2BgAAAAAwABuK06YwAAAABJRU5ErkJggg==";

/**
 * @param {ArrayBuffer} content of any file
 * @returns {Promise<ArrayBuffer>} the same; of a PNG with a note that this browser does not follow,
 *   the file without it
 */
export async function asShown(content) {
  const note = findNote(new DataView(content));
  if (note === null || (await followsNotes())) return content;
  const bytes = new Uint8Array(content);
  const rest = [bytes.subarray(0, note.start), bytes.subarray(note.end)];
  return new Blob(rest).arrayBuffer();
}

async function followsNotes() {
  const probe = new Image();
  probe.src = TURNED;
  await probe.decode().catch(() => {});
  return probe.naturalWidth < probe.naturalHeight;
}

/** Where the eXIf chunk stands; null without one, or where the file is something else. */
function findNote(view) {
  if (view.byteLength < SIGNATURE || view.getUint32(0) !== 0x89504e47) return null;
  for (let start = SIGNATURE; start + AROUND <= view.byteLength; ) {
    const end = start + AROUND + view.getUint32(start);
    if (view.getUint32(start + 4) === 0x65584966) return { start, end };
    start = end;
  }
  return null;
}
