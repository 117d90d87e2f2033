/** Feature maps: paint one from its layer's sprite sheet, and say where it is strongest. */
const THIRDS = ["upper", "middle", "lower"];
const SIDES = ["left", "centre", "right"];

/**
 * Paint a map, black where it is 0 and white where its layer is strongest.
 *
 * @param {HTMLCanvasElement} canvas is filled
 * @param {object} layer of an explanation
 * @param {HTMLImageElement} sheet its sprite sheet
 * @param {number} channel
 */
export function paintMap(canvas, layer, sheet, channel) {
  const { width, height, columns } = layer;
  const context = canvas.getContext("2d");
  const left = (channel % columns) * width;
  const top = Math.floor(channel / columns) * height;
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, left, top, width, height, 0, 0, canvas.width, canvas.height);
}

/** Give a canvas that holds a grey map a colour where it is white. */
export function tint(canvas, colour) {
  const context = canvas.getContext("2d");
  context.save();
  context.globalCompositeOperation = "multiply";
  context.fillStyle = colour;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.restore();
}

/**
 * @param {{row: number, column: number}} place in a grid
 * @param {{height: number, width: number}} grid
 * @returns {string} key of a message: where in the square that is, in thirds
 */
export function placeKey({ row, column }, { height, width }) {
  const third = (at, size) => Math.min(2, Math.floor((3 * (at + 0.5)) / size));
  return `place.${THIRDS[third(row, height)]}_${SIDES[third(column, width)]}`;
}

/** @param {HTMLElement} element @param {string} name of a custom property @returns {string} */
export function colourOf(element, name) {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
