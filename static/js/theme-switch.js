/**
 * A button that turns the dark theme on and off.
 *
 * The system decides until a person disagrees with it; agreeing with it again hands the decision
 * back. `theme-at-start.js` applies the remembered choice before the first paint.
 */
const KEY = "net.theme";

export class ThemeSwitch {
  #button;
  #root;
  #colourTag;
  #system = matchMedia("(prefers-color-scheme: dark)");
  #isRemembered = true; // what was chosen here

  /**
   * @param {HTMLButtonElement} button
   * @param {HTMLElement} root carries `data-theme`
   * @param {HTMLMetaElement | null} colourTag `<meta name="theme-color">`
   */
  constructor(button, root, colourTag) {
    this.#button = button;
    this.#root = root;
    this.#colourTag = colourTag;
    button.addEventListener("click", this.#toggle);
    this.#system.addEventListener("change", this.#follow);
    // Another tab may have turned it, or the page to which a browser's Back leads from here.
    for (const type of ["storage", "pageshow"]) addEventListener(type, this.#follow);
    this.#apply(root.dataset.theme ?? this.#systemTheme());
  }

  #toggle = () => {
    const theme = this.#root.dataset.theme === "dark" ? "light" : "dark";
    this.#apply(theme);
    this.#isRemembered = remember(theme === this.#systemTheme() ? null : theme);
  };

  #follow = () => {
    if (this.#isRemembered) this.#apply(remembered() ?? this.#systemTheme());
  };

  #systemTheme() {
    return this.#system.matches ? "dark" : "light";
  }

  #apply(theme) {
    this.#root.dataset.theme = theme;
    this.#button.setAttribute("aria-pressed", String(theme === "dark"));
    const paper = getComputedStyle(this.#root).getPropertyValue("--paper").trim();
    this.#colourTag?.setAttribute("content", paper);
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** @returns {boolean} false where storage is full or forbidden: the choice holds for this page only */
function remember(theme) {
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
    return true;
  } catch {
    return false;
  }
}
