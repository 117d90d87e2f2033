/**
 * What a person's own browser remembers between visits: the drawing and the settings.
 *
 * Storage may be forbidden, full or hold what another version wrote: reading then gives the
 * fallback and writing does nothing, because a drawing must work without it.
 */
export class Memory {
  #storage;
  #prefix;

  /**
   * @param {() => Storage} openStorage a function, since merely naming `localStorage` may throw
   * @param {string} prefix stands before every key
   */
  constructor(openStorage, prefix = "net.") {
    this.#prefix = prefix;
    try {
      this.#storage = openStorage();
    } catch {
      this.#storage = null;
    }
  }

  /**
   * @template T
   * @param {string} key
   * @param {T} fallback returned when nothing usable is stored
   * @param {(value: unknown) => boolean} isUsable
   * @returns {T}
   */
  read(key, fallback, isUsable = (value) => typeof value === typeof fallback) {
    try {
      const value = JSON.parse(this.#storage.getItem(this.#prefix + key));
      return value !== null && isUsable(value) ? value : fallback;
    } catch {
      return fallback;
    }
  }

  /** @param {StorageEvent} event @param {string} key @returns {boolean} whether another tab wrote it */
  isAbout(event, key) {
    return event.key === this.#prefix + key && event.newValue !== null;
  }

  /**
   * Tie a checkbox to what it sets, and remember it.
   *
   * @param {HTMLInputElement} box
   * @param {string} key
   * @param {(isChecked: boolean) => void} set is called now and after each change
   */
  keepChecked(box, key, set) {
    box.checked = this.read(key, box.checked);
    set(box.checked);
    box.addEventListener("change", () => {
      set(box.checked);
      this.write(key, box.checked);
    });
  }

  /**
   * @param {string} key
   * @param {unknown} value anything JSON can hold
   * @returns {boolean} whether it is remembered: where storage is full or forbidden a reload forgets
   */
  write(key, value) {
    try {
      this.#storage.setItem(this.#prefix + key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
}
