/**
 * A button that turns the dark theme on and off.
 *
 * The system decides until a person disagrees with it; agreeing with it again hands the decision
 * back. `theme-at-start.js` applies the remembered choice before the first paint.
 */
const KEY = "net.theme";
const BAR_COLOURS = { light: "#faf8f3", dark: "#161513" };

export class ThemeSwitch {
  #button;
  #root;
  #colourTag;
  #system = matchMedia("(prefers-color-scheme: dark)");

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
    this.#system.addEventListener("change", this.#followSystem);
    this.#apply(root.dataset.theme ?? this.#systemTheme());
  }

  #toggle = () => {
    const theme = this.#root.dataset.theme === "dark" ? "light" : "dark";
    this.#apply(theme);
    remember(theme === this.#systemTheme() ? null : theme);
  };

  #followSystem = () => {
    if (remembered() === null) this.#apply(this.#systemTheme());
  };

  #systemTheme() {
    return this.#system.matches ? "dark" : "light";
  }

  #apply(theme) {
    this.#root.dataset.theme = theme;
    this.#button.setAttribute("aria-pressed", String(theme === "dark"));
    this.#colourTag?.setAttribute("content", BAR_COLOURS[theme]);
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme) {
  try {
    if (theme === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this page only where storage is forbidden.
  }
}
