/**
 * The colours of a chart, out of the page's own style sheet, so that both themes fit.
 *
 * Plotly wants colours as values; the custom properties `--chart-1` and so on hold them.
 */
export const COLOURS = 8;

/**
 * @param {Element} element whose custom properties count
 * @returns {{text: string, muted: string, line: string, sheet: string, tint: string,
 *   accent: string, font: string, series: string[]}}
 */
export function themeOf(element) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    text: read("--text"),
    muted: read("--muted"),
    line: read("--hairline"),
    sheet: read("--sheet"),
    tint: read("--tint"),
    accent: read("--accent"),
    font: style.fontFamily,
    series: Array.from({ length: COLOURS }, (_, index) => read(`--chart-${index + 1}`)),
  };
}

/** Call `listener` whenever the page changes between light and dark. */
export function onThemeChange(listener) {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
