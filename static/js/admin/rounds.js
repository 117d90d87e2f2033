/** Do something again and again while somebody may be looking, one round at a time. */
export class Rounds {
  #work;
  #pause;
  #timer = null;
  #isBusy = false;

  /**
   * @param {() => Promise<boolean | void>} work false ends the rounds; an error does not
   * @param {number} pause milliseconds from the end of a round to the next
   */
  constructor(work, pause) {
    this.#work = work;
    this.#pause = pause;
    document.addEventListener("visibilitychange", this.#wake);
  }

  start() {
    this.#timer = setTimeout(this.#go, this.#pause);
  }

  #wake = () => {
    if (document.hidden || this.#timer === null || this.#isBusy) return;
    clearTimeout(this.#timer);
    this.#go();
  };

  #go = async () => {
    let isOver = false;
    this.#isBusy = true;
    try {
      if (!document.hidden) isOver = (await this.#work()) === false;
    } catch (error) {
      console.info(error); // the server may be back in the next round
    }
    this.#isBusy = false;
    this.#timer = isOver ? null : setTimeout(this.#go, this.#pause);
  };
}
