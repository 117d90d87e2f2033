/**
 * Smooth ink: paint strokes on any canvas context.
 *
 * Curves run through the middles between points, and a pen's pressure widens them. The server
 * draws its own ink from the strokes, so nothing here can change an answer.
 */
const PRESSURE_RANGE = 0.05; // less variation than this is a device without pressure
const THINNEST = 0.45; // share of the pen's width that is left without pressure

/**
 * @param {CanvasRenderingContext2D} context fill and stroke colours are taken as they are
 * @param {import("./stroke.js").Stroke[]} strokes
 * @param {{scale: number, width: number}} pen scale: canvas pixels for one unit; width: units
 */
export function paintStrokes(context, strokes, { scale, width }) {
  context.save();
  context.scale(scale, scale);
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = width;
  for (const stroke of strokes) paintStroke(context, stroke, width);
  context.restore();
}

function paintStroke(context, stroke, width) {
  if (stroke.x.length === 1) paintDot(context, stroke, width);
  else if (hasPressure(stroke)) paintPressed(context, stroke, width);
  else paintEven(context, stroke);
}

function paintDot(context, stroke, width) {
  context.beginPath();
  context.arc(stroke.x[0], stroke.y[0], width / 2, 0, 2 * Math.PI);
  context.fill();
}

function paintEven(context, stroke) {
  context.beginPath();
  context.moveTo(stroke.x[0], stroke.y[0]);
  for (let index = 1; index < stroke.x.length; index += 1) curveTowards(context, stroke, index);
  context.stroke();
}

function paintPressed(context, stroke, width) {
  for (let index = 1; index < stroke.x.length; index += 1) {
    const pressure = (stroke.p[index - 1] + stroke.p[index]) / 2;
    context.lineWidth = width * (THINNEST + (1 - THINNEST) * Math.sqrt(pressure) * 1.4);
    context.beginPath();
    context.moveTo(...middleBefore(stroke, index - 1));
    curveTowards(context, stroke, index);
    context.stroke();
  }
  context.lineWidth = width;
}

/** Go on to the middle before point `index`, bent by the point before it; at the end, to the end. */
function curveTowards(context, stroke, index) {
  const [x, y] = middleBefore(stroke, index);
  context.quadraticCurveTo(stroke.x[index - 1], stroke.y[index - 1], x, y);
  if (index === stroke.x.length - 1) context.lineTo(stroke.x[index], stroke.y[index]);
}

function middleBefore(stroke, index) {
  if (index === 0) return [stroke.x[0], stroke.y[0]];
  return [
    (stroke.x[index - 1] + stroke.x[index]) / 2,
    (stroke.y[index - 1] + stroke.y[index]) / 2,
  ];
}

function hasPressure(stroke) {
  let least = 1;
  let most = 0;
  for (const pressure of stroke.p) {
    least = Math.min(least, pressure);
    most = Math.max(most, pressure);
  }
  return most - least > PRESSURE_RANGE;
}
