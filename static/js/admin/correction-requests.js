/** What the review of corrections asks the server for: decisions, cards, and further cards. */
import { writeLocalTimes } from "./local-times.js";

export class CorrectionRequests {
  #address;
  #most;

  /**
   * @param {string} address of the page of corrections, under which its actions stand
   * @param {number} most corrections that the server decides about at a time
   */
  constructor(address, most) {
    this.#address = address;
    this.#most = most;
  }

  /**
   * Send a decision as the page's own forms do, in parts where it is about many.
   *
   * @param {string} action "accept", "reject", "reopen" or "relabel"
   * @param {string[]} ids of the corrections that it is about
   * @param {Record<string, string>} given further fields of the form
   * @returns {Promise<{cards: HTMLElement[], said: string}>} the cards as they are then, none of
   *   those that are gone, and the server's sentences; rejects where it was not done
   */
  async decide(action, ids, given = {}) {
    const parts = [];
    for (let at = 0; at < ids.length; at += this.#most) {
      parts.push(await this.#decideAtOnce(action, ids.slice(at, at + this.#most), given));
    }
    const said = parts.map((part) => part.said).join(" ");
    return { cards: parts.flatMap(({ cards }) => cards), said };
  }

  async #decideAtOnce(action, ids, given) {
    const named = ids.map((id) => ["id", id]);
    const body = new URLSearchParams([...named, ...Object.entries(given)]);
    body.set("csrf_token", document.querySelector("meta[name=csrf-token]").content);
    body.set("next", `${this.#address}/cards?${new URLSearchParams(named)}`);
    const answer = await fetch(`${this.#address}/${action}`, { method: "POST", body });
    if (!answer.ok || !answer.url.includes("/cards?")) throw new Error(`${answer.status}`);
    const page = await pageOf(answer);
    return { cards: cardsOf(page), said: page.querySelector("#said").textContent };
  }

  /**
   * @param {Set<string>} known ids of the cards that are there
   * @returns {Promise<HTMLElement[]>} the next cards of the same filter and order, if any
   */
  async further(known) {
    let address = location.href;
    while (address) {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
      const page = await pageOf(answer);
      const cards = cardsOf(page).filter(({ dataset }) => !known.has(dataset.id));
      if (cards.length) return cards;
      address = page.querySelector("a[rel=next]")?.getAttribute("href");
    }
    return [];
  }
}

async function pageOf(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  writeLocalTimes(page);
  return page;
}

function cardsOf(page) {
  return [...page.querySelectorAll(".card")].map((card) => document.adoptNode(card));
}
