/**
 * Plotly, fetched when the first chart needs it and only then.
 *
 * Its script is a classic one that leaves a global behind; here it becomes a promise.
 */
let loading = null;

/** How dates are written; Plotly itself brings English alone. */
const VIETNAMESE = {
  moduleType: "locale",
  name: "vi",
  dictionary: {},
  format: {
    days: ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
    shortDays: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
    months: Array.from({ length: 12 }, (_, month) => `tháng ${month + 1}`),
    shortMonths: Array.from({ length: 12 }, (_, month) => `thg ${month + 1}`),
    date: "%-d/%-m/%Y",
    year: "%Y",
    month: "%-m/%Y",
    dayMonth: "%-d/%-m",
    dayMonthYear: "%-d/%-m/%Y",
  },
};

/**
 * @param {string} address of the script
 * @returns {Promise<object>} Plotly; rejects when the script does not arrive
 */
export function loadPlotly(address) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => {
      globalThis.Plotly.register(VIETNAMESE);
      resolve(globalThis.Plotly);
    };
    script.onerror = () => {
      loading = null; // the next chart may try again
      reject(new Error(`${address} cannot be loaded`));
    };
    document.head.append(script);
  });
  return loading;
}
