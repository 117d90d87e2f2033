/**
 * One explanation and what it is about: a digit of a drawing, or of a picture.
 *
 * It paints that digit in the square that the network's 28x28 picture shows, so that maps can lie
 * under it; a picture's digit is painted as the network sees it.
 */
import { paintStrokes } from "./ink.js";

const PEN = 2.4 / 28; // of the square's side, as the server draws

export class Subject {
  /**
   * @param {{strokes?: import("./stroke.js").Stroke[]}} asked what was sent
   * @param {object} explanation of the contract
   * @returns {Promise<Subject>} with every sprite sheet ready to be painted
   */
  static async of(asked, explanation) {
    const digit = explanation.prediction.digits[explanation.digit];
    const layers = [...explanation.layers, explanation.directions].filter(Boolean);
    const [seen, ...sheets] = await Promise.all([digit, ...layers].map(({ image }) => load(image)));
    const sheetOf = new Map(layers.map((layer, index) => [layer, sheets[index]]));
    return new Subject(asked.strokes ?? null, explanation, seen, sheetOf);
  }

  constructor(strokes, explanation, seen, sheetOf) {
    this.strokes = strokes;
    this.explanation = explanation;
    this.seen = seen; // an image of 28x28 pixels
    this.sheetOf = sheetOf; // an image by its layer
  }

  /** @returns {object} the digit of the answer that is explained */
  get digit() {
    return this.explanation.prediction.digits[this.explanation.digit];
  }

  /** @returns {number} from 1 */
  get position() {
    return this.explanation.digit + 1;
  }

  /** @returns {number} of digits in the answer */
  get count() {
    return this.explanation.prediction.digits.length;
  }

  /** @returns {number[]} which strokes make the digit */
  get chosen() {
    return this.digit.strokes;
  }

  /**
   * Paint the digit over what is on a canvas.
   *
   * @param {CanvasRenderingContext2D} context of a square canvas that is filled
   * @param {string} colour in hexadecimal digits; ink of a picture is black or white, whichever is
   *   nearer
   * @param {number} width of the pen, as a share of the network's
   */
  paint(context, colour, width) {
    const { frame } = this.explanation;
    const side = context.canvas.width;
    if (this.strokes === null || frame === null) {
      paintInk(context, this.seen, isLight(colour));
      return;
    }
    const scale = side / frame.width;
    context.save();
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.translate(-frame.x * scale, -frame.y * scale);
    const strokes = this.chosen.map((index) => this.strokes[index]);
    paintStrokes(context, strokes, { scale, width: PEN * width * frame.width });
    context.restore();
  }
}

/** Fill a square canvas with a picture, its pixels kept sharp. */
export function paintPixels(context, image) {
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, context.canvas.width, context.canvas.height);
}

/** Let a picture's ink shine on what is dark, or darken what is light; its paper changes nothing. */
function paintInk(context, image, isWhite) {
  const ink = document.createElement("canvas");
  ink.width = context.canvas.width;
  ink.height = context.canvas.height;
  const own = ink.getContext("2d");
  paintPixels(own, image);
  if (!isWhite) {
    own.globalCompositeOperation = "difference"; // black ink on white paper
    own.fillStyle = "#fff";
    own.fillRect(0, 0, ink.width, ink.height);
  }
  context.save();
  context.globalAlpha = 0.8;
  context.globalCompositeOperation = isWhite ? "screen" : "multiply";
  context.drawImage(ink, 0, 0);
  context.restore();
}

function isLight(colour) {
  return Number.parseInt(colour.slice(1, 3), 16) > 127;
}

async function load(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}
