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
  #isBusy = false;

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
    this.#step(card, event.submitter.formAction.split("/").at(-1), fields);
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

  async #step(card, action, given = new FormData()) {
    const before = { ...card.dataset };
    const place = this.#cards.indexOf(card);
    if (!(await this.#send(card, action, given))) return;
    this.#done.push(before);
    this.#focus(Math.min(place + 1, this.#cards.length - 1));
  }

  async #undo() {
    const before = this.#done.pop();
    if (!before) return;
    const card = this.#cards.find(({ dataset }) => dataset.id === before.id);
    const isRelabelled = card.dataset.label !== before.label;
    const none = before.label === "" ? { none: "yes" } : {};
    if (isRelabelled) await this.#send(card, "relabel", fields({ label: before.label, ...none }));
    const action = { waiting: "reopen", accepted: "accept", rejected: "reject" }[before.state];
    await this.#send(this.#card(before.id), action);
    this.#card(before.id).focus();
  }

  #card(id) {
    return this.#cards.find(({ dataset }) => dataset.id === id);
  }

  /** @returns {Promise<boolean>} whether it was done; the card is the server's new one then */
  async #send(card, action, given = new FormData()) {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    const { id } = card.dataset;
    given.set("id", id);
    given.set("csrf_token", document.querySelector("meta[name=csrf-token]").content);
    given.set("next", `${this.#list.dataset.review}/cards/${id}`);
    try {
      const body = new URLSearchParams(given);
      const answer = await fetch(`${this.#list.dataset.review}/${action}`, { method: "POST", body });
      if (!answer.ok || !answer.url.includes("/cards/")) throw new Error(`${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      writeLocalTimes(page);
      card.replaceWith(document.adoptNode(page.querySelector(".card")));
      this.#news.textContent = page.querySelector("#said").textContent;
      return true;
    } catch (error) {
      console.info(error);
      this.#news.textContent = this.#list.dataset.failed;
      return false;
    } finally {
      this.#isBusy = false;
    }
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
