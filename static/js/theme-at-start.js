/**
 * Choose light or dark before the first paint, so that no page flashes in the wrong theme.
 *
 * A classic script on purpose: it blocks for a few hundred bytes, where a module would come too
 * late. `theme-switch.js` does everything after it.
 */
(() => {
  let remembered = null;
  try {
    remembered = localStorage.getItem("net.theme");
  } catch {
    // Storage may be forbidden; the system's theme is a good answer then.
  }
  const isSystemDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const isDark = remembered === null ? isSystemDark : remembered === "dark";
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
})();
