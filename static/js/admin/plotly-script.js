/**
 * Plotly, fetched when the first chart needs it and only then.
 *
 * Its script is a classic one that leaves a global behind; here it becomes a promise.
 */
let loading = null;

/**
 * @param {string} address of the script
 * @returns {Promise<object>} Plotly; rejects when the script does not arrive
 */
export function loadPlotly(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => {
      loading = null; // the next chart may try again
      reject(new Error(`${address} cannot be loaded`));
    };
    document.head.append(script);
  });
  return loading;
}
