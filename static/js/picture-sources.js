/**
 * The ways in which a picture comes to the page: chosen, photographed, dropped or pasted.
 *
 * Each dispatches "picture" with `detail.file`, whatever the file is, and `detail.count`, how many
 * came with it; or "folder", where a folder was dropped.
 */
export class PictureSources extends EventTarget {
  #dropHint;
  #depth = 0; // of the elements that a dragged file has entered

  /**
   * @param {object} parts
   * @param {EventTarget} parts.page where pictures are dropped and pasted
   * @param {[HTMLButtonElement, HTMLInputElement][]} parts.inputs buttons and their file inputs
   * @param {HTMLElement} parts.dropHint shown while a file is dragged over the page
   */
  constructor({ page, inputs, dropHint }) {
    super();
    this.#dropHint = dropHint;
    for (const [button, input] of inputs) this.#connect(button, input);
    page.addEventListener("paste", this.#onPaste);
    page.addEventListener("dragenter", this.#onDrag);
    page.addEventListener("dragover", this.#onDrag);
    page.addEventListener("dragleave", this.#onDragLeave);
    page.addEventListener("drop", this.#onDrop);
  }

  #connect(button, input) {
    button.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      const files = [...input.files];
      input.value = ""; // or the same file could not be chosen twice
      this.#tell(files);
    });
  }

  #onPaste = (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return; // text, which is nothing to us
    // Spreadsheets give a picture of the cells with their text, which is what a field is for.
    if (isField(event.target) && event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    this.#tell(files);
  };

  #onDrag = (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault(); // or the browser would leave the page for the file
    event.dataTransfer.dropEffect = "copy";
    if (event.type === "dragenter") this.#showHint(this.#depth + 1);
  };

  #onDragLeave = (event) => {
    if (hasFiles(event)) this.#showHint(this.#depth - 1);
  };

  #onDrop = (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    this.#showHint(0);
    const [item] = event.dataTransfer.items ?? [];
    if (item?.webkitGetAsEntry?.()?.isDirectory) this.dispatchEvent(new Event("folder"));
    else this.#tell([...event.dataTransfer.files]);
  };

  #showHint(depth) {
    this.#depth = Math.max(0, depth);
    this.#dropHint.hidden = this.#depth === 0;
  }

  #tell(files) {
    if (files.length === 0) return;
    const detail = { file: files[0], count: files.length };
    this.dispatchEvent(new CustomEvent("picture", { detail }));
  }
}

function hasFiles(event) {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function isField(element) {
  return element instanceof HTMLElement && element.matches("input, textarea");
}
