/**
 * News of a training: server-sent events, or asking every few seconds where those do not work.
 * Where no address of events is given it only asks: a stream holds a thread of the server.
 *
 * It dispatches "epochs" (`detail`: epochs, is_anew), "progress" (`detail`: status, reason,
 * progress), "over", and "way" (`detail`: "live", "polling" or "lost"). A page that nobody looks
 * at asks now and then, so that its title can say that the training is over.
 */
const ASK_MILLISECONDS = 3_000;
const ASK_SELDOM_MILLISECONDS = 15_000; // without a stream, or while nobody looks

export class RunFeed extends EventTarget {
  #addresses;
  #after;
  #source = null;
  #timer = null;
  #asking = null; // of the question that waits for its answer
  #isOver = false;

  /**
   * @param {{events?: string, progress: string}} addresses
   * @param {number} after the epoch that the page has already, 0 for none
   */
  constructor(addresses, after) {
    super();
    this.#addresses = addresses;
    this.#after = after;
    document.addEventListener("visibilitychange", this.#follow);
    this.#follow();
  }

  #follow = () => {
    this.#pause();
    if (this.#isOver) return;
    if (!document.hidden && this.#addresses.events) this.#listen();
    else this.#ask();
  };

  get #pauseMilliseconds() {
    const isWatched = !document.hidden && this.#addresses.events;
    return isWatched ? ASK_MILLISECONDS : ASK_SELDOM_MILLISECONDS;
  }

  #pause() {
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#timer);
    this.#asking?.abort(); // else it would go on asking beside what comes next
  }

  #listen() {
    const source = new EventSource(`${this.#addresses.events}?after=${this.#after}`);
    this.#source = source;
    source.addEventListener("open", () => this.#tell("way", "live"));
    source.addEventListener("epochs", (event) => this.#takeEpochs(JSON.parse(event.data)));
    source.addEventListener("progress", (event) => this.#tell("progress", JSON.parse(event.data)));
    source.addEventListener("over", () => this.#end());
    // A stream that ends is opened again by the browser itself, unless it was refused.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED && this.#source === source) this.#ask();
    });
  }

  #ask = async () => {
    if (this.#isOver) return;
    const { signal } = (this.#asking = new AbortController());
    try {
      const response = await fetch(`${this.#addresses.progress}?after=${this.#after}`, { signal });
      if (response.status === 404) return this.#end();
      if (!response.ok) throw new Error(`status ${response.status}`);
      this.#take(await response.json());
    } catch {
      if (signal.aborted) return;
      this.#tell("way", "lost");
    }
    if (!this.#isOver) this.#timer = setTimeout(this.#ask, this.#pauseMilliseconds);
  };

  #take(news) {
    this.#tell("way", "polling");
    if (news.epochs.length || news.is_anew) this.#takeEpochs(news);
    this.#tell("progress", news);
    if (news.status !== "running" && news.status !== "queued") this.#end();
  }

  #takeEpochs(news) {
    this.#after = news.count;
    this.#tell("epochs", news);
  }

  #end() {
    this.#isOver = true;
    this.#pause();
    document.removeEventListener("visibilitychange", this.#follow);
    this.#tell("over", null);
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
