/** Notifications of the browser, for whoever asked for them with the button and for nobody else. */
const KEY = "notify";

export class TrainingNotices {
  #memory;
  #button;

  /**
   * @param {import("../memory.js").Memory} memory of the browser
   * @param {HTMLButtonElement | null} button that turns them on and off; only some pages have it
   */
  constructor(memory, button) {
    this.#memory = memory;
    this.#button = button;
    if (!button || !("Notification" in globalThis)) return;
    button.hidden = false;
    button.addEventListener("click", this.#turn);
    this.#showState();
  }

  /**
   * @param {string} sentence
   * @param {{tag: string, page: string}} about the same tag replaces a notification of another tab
   */
  show(sentence, { tag, page }) {
    if (!this.#isOn) return;
    try {
      const notice = new Notification(sentence, { tag });
      notice.onclick = () => {
        focus();
        location.assign(page);
      };
    } catch (error) {
      console.info(error); // a phone's browser shows none to pages; the title tells it
    }
  }

  get #isOn() {
    return this.#memory.read(KEY, false) && globalThis.Notification?.permission === "granted";
  }

  #turn = async () => {
    const isWanted = !this.#isOn;
    if (isWanted && Notification.permission !== "granted") await Notification.requestPermission();
    this.#memory.write(KEY, isWanted && Notification.permission === "granted");
    this.#showState();
  };

  #showState() {
    this.#button.setAttribute("aria-pressed", String(this.#isOn));
    const isForbidden = Notification.permission === "denied";
    this.#button.disabled = isForbidden;
    this.#button.title = isForbidden ? this.#button.dataset.denied : "";
  }
}
