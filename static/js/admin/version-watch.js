/** Notice when a page that the server makes is out of date; "changed" is the event. */
const SECONDS = 4;
const SECONDS_OF_WAITING = 1.5; // where the page has nothing to show yet

export class VersionWatch extends EventTarget {
  #address;
  #version;
  #seconds;
  #timer = null;

  /** @param {DOMStringMap} page `state`: the address whose JSON tells the present version;
   *    `version`: of the page as it is; `waits`: there if it has nothing to show yet */
  constructor({ state, version, waits }) {
    super();
    this.#address = state;
    this.#version = version;
    this.#seconds = waits === undefined ? SECONDS : SECONDS_OF_WAITING;
  }

  /** Look every few seconds, whenever somebody may be looking at the page. */
  start() {
    this.#timer = setInterval(this.#look, this.#seconds * 1000);
    document.addEventListener("visibilitychange", this.#look);
  }

  /** Look no more. */
  stop() {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#look);
  }

  #look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(this.#address, { headers: { Accept: "application/json" } });
      if (answer.status === 401 || answer.status === 404) this.stop(); // signed out, or it is gone
      if (!answer.ok) return;
      const { version } = await answer.json();
      if (version === this.#version) return;
      this.#version = version;
      this.dispatchEvent(new Event("changed"));
    } catch (error) {
      console.info(error); // the server may be back at the next look
    }
  };
}
