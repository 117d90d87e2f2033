/** Let the browser keep the page, once it has all of it: `service-worker.js` says what and how. */

/** @param {string} url of the service worker, at the root of what it may see */
export function keepPageOffline(url) {
  // Absent where a page comes without TLS from elsewhere, as in many classrooms.
  if (!("serviceWorker" in navigator)) return;
  const register = () => navigator.serviceWorker.register(url).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
