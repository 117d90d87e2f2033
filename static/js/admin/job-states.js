/** Say to those who cannot see it that a job stands otherwise than a moment ago. */
export class JobStates {
  #region;
  #messages;
  #known = null;

  /**
   * @param {HTMLElement} region with `role="status"`
   * @param {import("../messages.js").Messages} messages
   */
  constructor(region, messages) {
    this.#region = region;
    this.#messages = messages;
  }

  /** @param {Map<string, {title: string, state: string}>} jobs by their numbers */
  tell(jobs) {
    const changed = [...jobs].filter(([id, { state }]) => {
      const before = this.#known?.get(id);
      return before !== undefined && before.state !== state;
    });
    this.#known = jobs;
    if (changed.length === 0) return;
    const sentences = changed.map(([, job]) => this.#messages.text("job.state", job));
    this.#region.textContent = sentences.join(" ");
  }
}
