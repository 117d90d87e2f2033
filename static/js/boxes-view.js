/**
 * A box around each digit of an answer, on the drawing or on the picture, with a tag to pick it.
 *
 * The tags are one stop of the Tab key; arrow keys go from one to the next. A stroke that begins on
 * a tag is no tap: `onStroke` gets the event it began with.
 */
const SLOP = 5; // CSS pixels that a tap may move
const ROOM = 0.1; // of the height, that a tag needs
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class BoxesView {
  #layer;
  #choice;
  #messages;
  #onStroke;

  /**
   * @param {HTMLElement} layer lies over what the boxes are about
   * @param {import("./digit-choice.js").DigitChoice} choice
   * @param {import("./messages.js").Messages} messages
   * @param {((began: PointerEvent) => void) | null} onStroke
   */
  constructor(layer, choice, messages, onStroke = null) {
    this.#layer = layer;
    this.#choice = choice;
    this.#messages = messages;
    this.#onStroke = onStroke;
    layer.addEventListener("keydown", this.#onKey);
    choice.addEventListener("choice", () => this.#showChoice());
  }

  /**
   * @param {object[]} digits of an answer; none takes the boxes away
   * @param {{width: number, height: number}} extent of what they lie on, in the boxes' unit
   */
  show(digits, extent) {
    const boxes = this.#layer.children;
    // Those that are there stay: a newer answer must not take away what is being tapped.
    if (boxes.length !== digits.length) {
      this.#layer.replaceChildren(...digits.map((_, index) => this.#emptyBox(index)));
    }
    digits.forEach((digit, index) => this.#fill(boxes[index], digit, index, extent));
    this.#showChoice();
  }

  #emptyBox(index) {
    const box = document.createElement("div");
    const tag = document.createElement("button");
    box.className = "box";
    tag.className = "tag";
    tag.type = "button";
    tag.translate = false;
    box.append(tag);
    box.addEventListener("click", () => this.#choice.choose(index));
    if (this.#onStroke !== null) this.#letDraw(tag, index);
    return box;
  }

  #fill(box, { digit, doubtful, box: area }, index, extent) {
    const tag = box.firstElementChild;
    const label = { position: index + 1, count: this.#choice.digits.length, digit: String(digit) };
    tag.textContent = String(digit);
    tag.setAttribute("aria-label", this.#messages.text("answer.box", label));
    box.toggleAttribute("data-doubtful", doubtful === true);
    box.dataset.tag = placeOfTag(area, extent);
    placeBox(box, area, extent);
  }

  #letDraw(tag, index) {
    let began = null;
    tag.addEventListener("pointerdown", (event) => {
      began = event;
      tag.setPointerCapture(event.pointerId); // a fast pen leaves the tag between two events
    });
    tag.addEventListener("pointermove", (event) => {
      if (began?.pointerId !== event.pointerId || !isFar(began, event)) return;
      const stroke = began;
      began = null;
      this.#onStroke(stroke);
    });
    tag.addEventListener("pointerup", () => {
      // Chromium makes no click of a tap that follows a stroke of the same finger at once.
      if (began !== null) this.#choice.choose(index);
      began = null;
    });
    tag.addEventListener("pointercancel", () => {
      began = null;
    });
  }

  #showChoice() {
    [...this.#layer.children].forEach((box, index) => {
      const isChosen = index === this.#choice.index;
      box.toggleAttribute("data-chosen", isChosen);
      box.firstElementChild.setAttribute("aria-pressed", String(isChosen));
      box.firstElementChild.tabIndex = isChosen ? 0 : -1;
    });
  }

  #onKey = (event) => {
    const step = STEPS[event.key];
    const count = this.#layer.children.length;
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, this.#choice.index + step));
    this.#choice.choose(next);
    this.#layer.children[next].firstElementChild.focus();
  };
}

/**
 * @param {HTMLElement} element on a layer that lies over what the box is about
 * @param {{x: number, y: number, width: number, height: number}} box of an answer
 * @param {{width: number, height: number}} extent of what it lies on, in the box's unit
 */
export function placeBox(element, { x, y, width, height }, extent) {
  element.style.left = `${(100 * x) / extent.width}%`;
  element.style.top = `${(100 * y) / extent.height}%`;
  element.style.width = `${(100 * width) / extent.width}%`;
  element.style.height = `${(100 * height) / extent.height}%`;
}

/** Under its box, where the fewest strokes begin, unless there is no room for it. */
function placeOfTag({ y, height }, extent) {
  if (y + height < (1 - ROOM) * extent.height) return "below";
  return y > ROOM * extent.height ? "above" : "inside";
}

function isFar(began, event) {
  return Math.hypot(event.clientX - began.clientX, event.clientY - began.clientY) > SLOP;
}
