/** The bridge in the header: Sparat, Väntar · n svar, Ingen kontakt, Åter i kontakt. Never says saved before it is. */

const LOST_MS = 10_000; // two beats
const BACK_MS = 4000;
const SETTLED_MS = 1500;
const SILENT_MS = 5000;

export class Connection {
  /** `onLost()` and `onBack(arrived)` when contact goes and comes; `arrived` is how many answers got through since. */
  constructor(element, { onLost = () => {}, onBack = () => {} } = {}) {
    Object.assign(this, { element, onLost, onBack });
    this.waiting = 0;
    this.arrived = 0;
    this.last = performance.now();
    this.isLost = false;
    this.backUntil = 0;
    this.drawnAt = this.saidAt = 0;
    this.element?.setAttribute("aria-live", "off");
    setInterval(() => this.tick(), 1000);
    this.draw();
  }

  /** A sign of life from the server. */
  contact() {
    this.last = performance.now();
    if (this.isLost) {
      this.isLost = false;
      this.backUntil = this.last + BACK_MS;
      this.wasLost = true;
    }
    this.tell();
    this.draw();
  }

  /** The page was asleep: silence until now says nothing. */
  woke() {
    this.last = Math.max(this.last, performance.now() - LOST_MS + 5000);
  }

  setWaiting(count) {
    this.arrived += Math.max(0, this.waiting - count);
    this.waiting = count;
    this.tell();
    this.draw();
  }

  /** Words were given: that they are saved is said, also when nothing had to wait for long. */
  listen() {
    this.said = "";
    this.drawnAt = performance.now();
  }

  tell() {
    if (this.isLost || !this.wasLost || this.waiting) return;
    this.wasLost = false;
    this.onBack(this.arrived);
  }

  tick() {
    if (!this.isLost && document.visibilityState === "visible" && performance.now() - this.last > LOST_MS) {
      this.isLost = true;
      this.arrived = 0;
      this.onLost();
    }
    this.draw();
    this.speak();
  }

  get word() {
    if (this.waiting === 1) return "waitingOne";
    if (this.waiting > 1) return "waitingMany";
    if (this.isLost) return "lost";
    return performance.now() < this.backUntil ? "back" : "saved";
  }

  draw() {
    if (!this.element) return;
    const word = this.word;
    const text = (this.element.dataset[word] || "").replace("{n}", this.waiting);
    if (this.element.textContent === text && this.element.dataset.state === word) return;
    this.element.dataset.state = word;
    this.element.classList.toggle("waiting", word.startsWith("waiting"));
    this.element.classList.toggle("lost", word === "lost");
    this.element.textContent = text;
    this.drawnAt = performance.now();
    this.said ??= text;
  }

  /** Read aloud only what has settled, at most every five seconds: not every tap that waits for a moment. */
  speak() {
    const at = performance.now();
    const text = this.element?.textContent;
    if (!text || text === this.said || at - this.drawnAt < SETTLED_MS || at - this.saidAt < SILENT_MS) return;
    this.said = text;
    this.saidAt = at;
    this.element.setAttribute("aria-live", "polite");
    this.element.replaceChildren(text); // the change that is heard
    setTimeout(() => this.element.setAttribute("aria-live", "off"), 500);
  }
}
