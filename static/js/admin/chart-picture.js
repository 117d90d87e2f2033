/** A chart as a picture to keep: as it is shown, with what the page says around it. */

/** What Plotly's `toImage` is told: twice as many pixels as a page has, for print. */
export const PICTURE = { format: "png", width: 960, height: 540, scale: 2 };

/**
 * @param {{data: object[], layout: object}} plot as Plotly has drawn it
 * @param {string} title
 * @param {{text: string, sheet: string}} theme
 * @returns {{data: object[], layout: object}} the same with a title, a legend and paper below it
 */
export function pictureOf({ data, layout }, title, theme) {
  const isNamed = data.length > 1 && data.every(({ name }) => name);
  return {
    data,
    layout: {
      ...layout,
      title: { text: title, font: { color: theme.text, size: 18 } },
      margin: { l: 24, r: 24, t: isNamed ? 104 : 64, b: 24 },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      paper_bgcolor: theme.sheet,
      showlegend: isNamed,
    },
  };
}

/** @param {string} words @returns {string} for a file: letters and digits of any language */
export function fileName(words) {
  return words.normalize("NFC").match(/[\p{L}\p{N}]+/gu)?.join("-") ?? "net";
}
