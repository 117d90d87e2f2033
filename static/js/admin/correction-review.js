/**
 * Review corrections one after the other, or several at once, without loading the page anew.
 *
 * While the focus is in the list, single keys decide: A accepts and R rejects the chosen cards, or
 * the one in focus where none is chosen; 0-9 say what it is, N that it is no digit; X chooses the
 * card, S all of its kind; U or Ctrl+Z takes the last decision back. Arrows, Home and End move.
 * Behind the last card, further ones are fetched.
 */
import { CorrectionRequests } from "./correction-requests.js";
import { Shortcuts } from "../shortcuts.js";

const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const ACTIONS = { waiting: "reopen", accepted: "accept", rejected: "reject" }; // that lead to a state
const WITHOUT_RELOAD = new Set([...Object.values(ACTIONS), "relabel"]);

export class CorrectionReview {
  #list;
  #form;
  #say;
  #messages;
  #requests;
  #decided = []; // decisions that can be taken back: what their cards were before
  #said = ""; // what the server said of the last decision
  #sent = Promise.resolve();

  /**
   * @param {HTMLElement} list of cards; `data-review` is the address of the actions,
   *   `data-most` about how many corrections they are at a time
   * @param {HTMLFormElement} form about the chosen cards
   * @param {(sentence: string) => void} say
   * @param {import("../messages.js").Messages} messages
   */
  constructor(list, form, say, messages) {
    this.#list = list;
    this.#form = form;
    this.#say = say;
    this.#messages = messages;
    this.#requests = new CorrectionRequests(list.dataset.review, Number(list.dataset.most));
    for (const element of [list, form]) element.addEventListener("submit", this.#submit);
    list.addEventListener("keydown", this.#move);
    list.addEventListener("focusin", ({ target }) => this.#mark(target.closest(".card")));
    this.#mark(this.#cards[0]);
  }

  /** @returns {Shortcuts} the single keys; `isOn` turns them off */
  keys() {
    const digits = [..."0123456789"].map((label) => [label, () => this.#relabel({ label })]);
    return new Shortcuts(this.#list, {
      a: () => this.#decide("accept"),
      r: () => this.#decide("reject"),
      n: () => this.#relabel({ label: "", none: "yes" }),
      ...Object.fromEntries(digits),
      x: () => this.#boxOf(this.#current).click(),
      s: () => this.chooseKind(),
      u: () => this.undo(),
      undo: () => this.undo(),
    });
  }

  /** Choose all cards with the label and the state of the card that has, or had, the focus. */
  chooseKind() {
    const { label, state } = this.#current?.dataset ?? {};
    const alike = this.#cards.filter(
      ({ dataset }) => dataset.label === label && dataset.state === state,
    );
    this.choose(alike);
    this.#say(this.#messages.text("review.chosen", { number: alike.length }));
  }

  /** @param {HTMLElement[]} cards that are chosen from now on, and no others */
  choose(cards = this.#cards) {
    for (const card of this.#cards) this.#boxOf(card).checked = cards.includes(card);
  }

  /** Take the last decision back. */
  undo() {
    this.#after(async () => {
      if (!this.#decided.length) return this.#say(this.#messages.text("review.nothing"));
      const before = this.#decided.at(-1).filter(({ id }) => this.#card(id));
      this.#card(before[0]?.id)?.focus(); // at once: who moves on meanwhile is not called back
      for (const { id, label } of before.filter((one) => this.#card(one.id)?.dataset.label !== one.label)) {
        await this.#send("relabel", [id], label === "" ? { label, none: "yes" } : { label });
      }
      for (const [state, action] of Object.entries(ACTIONS)) {
        const ids = before.filter((one) => one.state === state).map(({ id }) => id);
        if (ids.length) await this.#send(action, ids);
      }
      this.#decided.pop(); // what could not be taken back can be tried again
    });
  }

  get #cards() {
    return [...this.#list.querySelectorAll(".card")];
  }

  get #current() {
    return this.#cards.find(({ tabIndex }) => tabIndex === 0);
  }

  #card(id) {
    return this.#cards.find(({ dataset }) => dataset.id === id);
  }

  #boxOf(card) {
    return card.querySelector(".pick input");
  }

  #submit = (event) => {
    const action = actionOf(event);
    if (!WITHOUT_RELOAD.has(action)) return; // what is removed for good is asked for in full
    event.preventDefault();
    if (event.target === this.#form) this.#decide(action, this.#chosen);
    else {
      const given = Object.fromEntries(new FormData(event.target, event.submitter));
      this.#step(action, [event.target.closest(".card")], given);
    }
  };

  #move = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=checkbox])")) return;
    const at = this.#cards.indexOf(this.#current);
    const ends = { Home: 0, End: this.#cards.length - 1 };
    const place = event.key in NEXT ? at + NEXT[event.key] : ends[event.key];
    if (place === undefined) return;
    event.preventDefault();
    this.#cards[Math.max(0, Math.min(place, this.#cards.length - 1))].focus();
  };

  get #chosen() {
    return this.#cards.filter((card) => this.#boxOf(card).checked);
  }

  /** About the chosen cards; where none is chosen, about the one in focus. */
  #decide(action, cards = this.#chosen.length ? this.#chosen : [this.#current]) {
    if (cards.length) this.#step(action, cards);
    else this.#say(this.#messages.text("review.none"));
  }

  #relabel(given) {
    this.#step("relabel", [this.#current], given);
  }

  /** Move on at once; what is sent waits for what was sent before. */
  #step(action, cards, given = {}) {
    const ids = cards.map(({ dataset }) => dataset.id);
    for (const card of cards) this.#boxOf(card).checked = false;
    const next = this.#nextAfter(cards);
    next?.focus();
    this.#after(async () => {
      const before = ids.map((id) => this.#card(id)).filter(Boolean).map(({ dataset }) => ({ ...dataset }));
      await this.#send(action, before.map(({ id }) => id), given);
      this.#decided.push(before);
    });
    // Once that is sent, what was decided is no longer among those that wait.
    if (!next) this.#after(this.#continue);
  }

  /** The card behind; several at once lead to the next that waits. */
  #nextAfter(cards) {
    const all = this.#cards;
    if (cards.length === 1) return all[all.indexOf(cards[0]) + 1];
    return all.find((card) => !cards.includes(card) && card.dataset.state === "waiting");
  }

  #continue = async () => {
    const known = new Set(this.#cards.map(({ dataset }) => dataset.id));
    const further = await this.#requests.further(known);
    if (!further.length) return this.#say(`${this.#said} ${this.#messages.text("review.end")}`);
    this.#list.append(...further);
    further[0].focus();
  };

  #after(work) {
    this.#sent = this.#sent.then(work).catch((error) => {
      console.info(error);
      this.#say(this.#messages.text("review.failed"));
    });
  }

  async #send(action, ids, given) {
    const { cards, said } = await this.#requests.decide(action, ids, given);
    for (const card of cards) this.#exchange(this.#card(card.dataset.id), card);
    const there = new Set(cards.map(({ dataset }) => dataset.id));
    for (const id of ids) if (!there.has(id)) this.#takeAway(this.#card(id));
    this.#said = cards.length ? said : this.#messages.text("review.gone");
    this.#say(this.#said);
  }

  /** Whoever gave the correction has taken it back meanwhile, or somebody else removed it. */
  #takeAway(card) {
    const beside = card.nextElementSibling ?? card.previousElementSibling;
    if (card.contains(document.activeElement)) beside?.focus();
    else if (card === this.#current) this.#mark(beside);
    card.remove();
  }

  #exchange(old, card) {
    const isFocused = old.contains(document.activeElement);
    card.tabIndex = old.tabIndex;
    old.replaceWith(card);
    if (isFocused) card.focus();
  }

  /** One card can be reached with Tab; the arrows lead to the others. */
  #mark(current) {
    for (const card of this.#cards) card.tabIndex = card === current ? 0 : -1;
  }
}

/** A button's own `formAction` is the page's address where it has none. */
function actionOf({ submitter, target }) {
  return (submitter?.getAttribute("formaction") ?? target.getAttribute("action")).split("/").at(-1);
}
