/** How far a training is, as a bar and a sentence. */

export class ProgressView {
  #bar;
  #words;
  #way;
  #messages;

  /**
   * @param {{bar: HTMLProgressElement, words: HTMLElement, way: HTMLElement}} parts
   * @param {import("../messages.js").Messages} messages
   */
  constructor({ bar, words, way }, messages) {
    this.#bar = bar;
    this.#words = words;
    this.#way = way;
    this.#messages = messages;
  }

  /** @param {{status: string, progress: object | null}} news */
  show({ status, progress }) {
    this.#words.textContent = this.#sentence(status, progress);
    if (progress) this.#bar.value = shareDone(progress);
    else this.#bar.removeAttribute("value");
  }

  /** @param {"live" | "polling" | "lost"} way how the page gets its news */
  showWay(way) {
    const words = this.#messages.text(`run.${way}`);
    if (this.#way.textContent !== words) this.#way.textContent = words;
    this.#way.dataset.way = way;
  }

  #sentence(status, progress) {
    if (status === "queued") return this.#messages.text("run.waiting");
    if (!progress) return this.#messages.text("run.preparing");
    const network = this.#network(String(progress.network));
    const parts = [this.#messages.text("run.progress", { ...progress, network })];
    if (Number.isFinite(progress.loss)) {
      const loss = progress.loss.toLocaleString(this.#messages.language, { maximumFractionDigits: 4 });
      parts.push(this.#messages.text("run.loss_now", { loss }));
    }
    if (Number.isFinite(progress.seconds_left)) {
      parts.push(this.#messages.text("run.left", { time: this.#time(progress.seconds_left) }));
    }
    return `${parts.join("; ")}.`;
  }

  #network(name) {
    if (name === "model") return this.#messages.text("run.network");
    const site = name.replace(/^without-/, "");
    return site === name ? name : this.#messages.text("run.network_without", { site });
  }

  #time(left) {
    const seconds = Math.round(left);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    if (hours) return this.#messages.text("run.hours", { hours, minutes });
    if (minutes) return this.#messages.text("run.minutes", { minutes, seconds: seconds % 60 });
    return this.#messages.text("run.seconds", { seconds });
  }
}

/** @returns {number} 0-1, of the network that is being trained */
export function shareDone({ epoch, epochs, step, steps }) {
  const done = (epoch - 1 + (steps ? step / steps : 0)) / epochs;
  return Number.isFinite(done) ? Math.min(1, Math.max(0, done)) : 0;
}
