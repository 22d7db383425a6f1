/** Notes that never leave this device: a `textarea[data-private]` has no name, is kept among the drafts and sent nowhere. */

const KEEP_MS = 300;

export class PrivateNotes {
  constructor(room, store) {
    Object.assign(this, { room, store, timer: 0 });
    this.notes = new Map();
    this.unkept = new Set();
    document.addEventListener("input", this);
    addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => this.keep());
  }

  async load() {
    for (const row of await this.store.all("drafts")) if (row.privateIn === this.room) this.notes.set(row.key, row.value);
  }

  keyOf(field) {
    return `private ${this.room} ${field.dataset.private}`;
  }

  handleEvent({ target }) {
    if (!target.matches?.("[data-private]")) return;
    const key = this.keyOf(target);
    this.notes.set(key, target.value);
    this.unkept.add(key);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), KEEP_MS);
  }

  keep() {
    const keys = [...this.unkept];
    this.unkept.clear();
    const put = (key) => this.store.put("drafts", { key, privateIn: this.room, value: this.notes.get(key) });
    return Promise.all(keys.map((key) => (this.notes.get(key) ? put(key) : this.store.remove("drafts", [key]))));
  }

  /** Put one's notes back into the part of the page that was just drawn. */
  apply(root) {
    for (const field of root.querySelectorAll("[data-private]")) {
      const note = this.notes.get(this.keyOf(field));
      if (note !== undefined && field.value !== note) field.value = note;
    }
  }
}
