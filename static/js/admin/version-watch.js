/** Notice when a page that the server makes is out of date, and renew it. */
import { Rounds } from "./rounds.js";

const PAUSE = 4_000; // milliseconds
const PAUSE_OF_WAITING = 1_500; // where the page has nothing to show yet

/**
 * Load the page anew, but not while a form of it is filled in: what somebody has written would be lost.
 *
 * @returns {boolean} whether it is loaded
 */
export function reloadPage() {
  const fields = [...document.querySelectorAll("form input, form textarea")];
  const isFilledIn =
    fields.some(
      (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
    ) || [...document.querySelectorAll("form select")].some(isChosenAnew);
  if (!isFilledIn) location.reload();
  return !isFilledIn;
}

/** Where no option is marked a browser chooses the first. */
function isChosenAnew({ options, selectedIndex }) {
  return selectedIndex !== Math.max(0, [...options].findIndex((one) => one.defaultSelected));
}

/**
 * @param {DOMStringMap} page `state`: the address whose JSON tells the present version;
 *   `version`: of the page as it is; `waits`: there if it has nothing to show yet
 * @param {() => unknown} renew where it fails, or answers false, the next look tries again
 */
export function watchVersion({ state, version, waits }, renew) {
  let shown = version;
  new Rounds(async () => {
    const answer = await fetch(state, { headers: { Accept: "application/json" } });
    if (!answer.ok) return answer.status !== 401 && answer.status !== 404; // signed out, or it is gone
    const { version: present } = await answer.json();
    if (present === shown || (await renew()) !== false) shown = present;
    return true;
  }, waits === undefined ? PAUSE : PAUSE_OF_WAITING).start();
}
