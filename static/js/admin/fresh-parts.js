/**
 * Exchange the parts of a page that carry `data-renewed` for those the server makes now.
 *
 * A part that did not change stays, and so do focus, what somebody is filling in, and a button
 * that is just being pressed.
 */
import { writeLocalTimes } from "./local-times.js";

const MADE_ANEW = ["csrf_token", "ticket"]; // hidden fields that the server never writes twice

/** @returns {Promise<Document>} the page as the server makes it now, already shown */
export async function renewParts() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(`${location.href}: ${answer.status}`);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  writeLocalTimes(fresh);
  for (const old of document.querySelectorAll("[data-renewed]")) {
    const part = fresh.getElementById(old.id);
    if (part === null) continue;
    keepOpen(old, part);
    takeFields(old, part);
    if (part.innerHTML !== old.innerHTML && !isBeingFilledIn(old)) {
      exchange(old, part.cloneNode(true));
    }
  }
  return fresh;
}

/** What somebody has opened stays open. */
function keepOpen(old, part) {
  const opened = [...old.querySelectorAll("details")].map(({ open }) => open);
  for (const [at, details] of [...part.querySelectorAll("details")].entries()) {
    if (opened[at]) details.open = true;
  }
}

/** A form that stays can be sent as long as one that was made now. */
function takeFields(old, part) {
  for (const name of MADE_ANEW) {
    const made = part.querySelectorAll(`input[name=${name}]`);
    for (const [at, field] of old.querySelectorAll(`input[name=${name}]`).entries()) {
      field.setAttribute("value", (made[at] ?? field).value);
    }
  }
}

function exchange(old, part) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(document.adoptNode(part));
  if (focused) twinOf(focused, part)?.focus({ preventScroll: true });
}

/** A form must not be taken from under the pen. */
function isBeingFilledIn(part) {
  const field = document.activeElement;
  return part.contains(field) && field.matches("input, select, textarea");
}

/** The same link, button or region as it is now; null where two of them are called alike. */
function twinOf(element, part) {
  if (element.id) return part.querySelector(`#${CSS.escape(element.id)}`);
  const twins = [...part.querySelectorAll(element.localName)].filter(
    (one) => nameOf(one) === nameOf(element),
  );
  return twins.length === 1 ? twins[0] : null;
}

function nameOf(element) {
  const names = ["href", "aria-label", "aria-labelledby"].map((name) => element.getAttribute(name));
  return names.find((name) => name !== null) ?? element.textContent;
}
