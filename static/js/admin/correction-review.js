/**
 * Review corrections one after the other: by keys or buttons, without loading the page anew.
 *
 * The keys work while the focus is in the list: A accepts, R rejects, 0-9 say what it is, N says
 * that it is no digit, arrows, Home and End move, U or Ctrl+Z takes the last step back. Every step
 * sends the card's own form; the server answers with the card as it is then.
 */
import { writeLocalTimes } from "./local-times.js";

const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class CorrectionReview {
  #list;
  #news;
  #done = []; // steps that can be taken back: what each card was before
  #sent = Promise.resolve();

  /**
   * @param {HTMLElement} list of cards; `data-review` is the address of the actions
   * @param {HTMLElement} news with `role="status"`
   */
  constructor(list, news) {
    this.#list = list;
    this.#news = news;
    list.addEventListener("submit", this.#submit);
    list.addEventListener("keydown", this.#use);
    list.addEventListener("focusin", ({ target }) => this.#mark(target.closest(".card")));
    this.#mark(this.#cards[0]);
  }

  get #cards() {
    return [...this.#list.querySelectorAll(".card")];
  }

  #submit = (event) => {
    event.preventDefault();
    const card = event.target.closest(".card");
    const fields = new FormData(event.target, event.submitter);
    // A button's own `formAction` is the page's address where it has none.
    const action = event.submitter.getAttribute("formaction") ?? event.target.action;
    this.#step(card, action.split("/").at(-1), fields);
  };

  #use = (event) => {
    const card = event.target.closest(".card");
    if (!card || event.target.matches("input:not([type=checkbox]), textarea")) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key !== "z") return;
    if (event.altKey) return;
    if (!this.#follow(event, card, key)) return;
    event.preventDefault();
  };

  #follow(event, card, key) {
    if (key === "u" || (key === "z" && (event.ctrlKey || event.metaKey))) this.#undo();
    else if (key === "a") this.#step(card, "accept");
    else if (key === "r") this.#step(card, "reject");
    else if (/^[0-9]$/.test(key)) this.#step(card, "relabel", fields({ label: key }));
    else if (key === "n") this.#step(card, "relabel", fields({ label: "", none: "yes" }));
    else if (event.key in NEXT) this.#focus(this.#cards.indexOf(card) + NEXT[event.key]);
    else if (key === "home") this.#focus(0);
    else if (key === "end") this.#focus(this.#cards.length - 1);
    else return false;
    return true;
  }

  /** Move on at once; what is sent waits for what was sent before. */
  #step(card, action, given = new FormData()) {
    const { id } = card.dataset;
    this.#focus(this.#cards.indexOf(card) + 1);
    this.#after(async () => {
      const before = { ...this.#card(id).dataset };
      if (await this.#send(id, action, given)) this.#done.push(before);
    });
  }

  #undo() {
    this.#after(async () => {
      const before = this.#done.pop();
      if (!before) return;
      const { id, label, state } = before;
      this.#card(id).focus();
      if (this.#card(id).dataset.label !== label) {
        const none = label === "" ? { none: "yes" } : {};
        await this.#send(id, "relabel", fields({ label, ...none }));
      }
      const action = { waiting: "reopen", accepted: "accept", rejected: "reject" }[state];
      await this.#send(id, action);
    });
  }

  #after(work) {
    this.#sent = this.#sent.then(work).catch((error) => {
      console.info(error);
      this.#news.textContent = this.#list.dataset.failed;
    });
  }

  #card(id) {
    return this.#cards.find(({ dataset }) => dataset.id === id);
  }

  /** @returns {Promise<boolean>} whether it was done; the card is the server's new one then */
  async #send(id, action, given = new FormData()) {
    const address = this.#list.dataset.review;
    given.set("id", id);
    given.set("csrf_token", document.querySelector("meta[name=csrf-token]").content);
    given.set("next", `${address}/cards/${id}`);
    const body = new URLSearchParams(given);
    const answer = await fetch(`${address}/${action}`, { method: "POST", body });
    if (!answer.ok || !answer.url.includes("/cards/")) throw new Error(`${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    writeLocalTimes(page);
    this.#exchange(this.#card(id), document.adoptNode(page.querySelector(".card")));
    this.#news.textContent = page.querySelector("#said").textContent;
    return true;
  }

  #exchange(old, card) {
    const isFocused = old.contains(document.activeElement);
    card.tabIndex = old.tabIndex;
    old.replaceWith(card);
    if (isFocused) card.focus();
  }

  #focus(place) {
    const cards = this.#cards;
    cards[Math.max(0, Math.min(place, cards.length - 1))]?.focus();
  }

  /** One card can be reached with Tab; the arrows lead to the others. */
  #mark(current) {
    for (const card of this.#cards) card.tabIndex = card === current ? 0 : -1;
  }
}

function fields(values) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}
