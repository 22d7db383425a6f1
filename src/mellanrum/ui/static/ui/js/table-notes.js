/** A table's calls and notes: lines through the queue like everything else, photos kept on the phone until they are brought. */

import { newId } from "./protocol.js";
import { bring, shrunk } from "./photos.js";

const AGAIN_MS = 10_000;
const LONGEST_CAPTION = 300;
const AUDIENCE = "phone";

const sectionOf = (element) => element.closest?.(".table-notes");
const begun = new WeakSet();

class TableNotes {
  constructor(place) {
    Object.assign(this, { place, store: place.store, photos: `photos ${place.room}` });
    document.addEventListener("submit", (event) => sectionOf(event.target) && this.saved(event));
    document.addEventListener("click", (event) => sectionOf(event.target) && this.clicked(event.target));
    document.addEventListener("change", (event) => sectionOf(event.target) && "photo" in event.target.dataset && this.took(event.target));
    addEventListener("online", () => this.send());
    setInterval(() => this.send(), AGAIN_MS);
    place.onCount = () => this.draw();
    this.send();
  }

  give(section, type, data) {
    const { exerciseId: exercise } = section.dataset;
    // A field of its own each: no line takes another's place in the queue.
    return this.place.outbox.add({ room: this.place.room, audience: AUDIENCE, exercise, type, data, field: `${type} ${newId()}` });
  }

  async saved(event) {
    event.preventDefault();
    const field = event.target.querySelector("textarea");
    const said = field.value;
    field.focus();
    if (!said.trim()) return;
    await this.give(sectionOf(field), "note", { text: said.trim() });
    if (field.value === said) this.write(field, "");
  }

  /** As if somebody wrote it, so that the draft on the phone says the same. */
  write(field, text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  clicked(target) {
    const section = sectionOf(target);
    const back = target.closest("[data-take-back]");
    const done = target.closest("[data-table-done]");
    const call = target.closest("[data-table-call]");
    if (back) this.takeBack(section, back);
    if (call) this.give(section, "call", { on: call.dataset.tableCall === "true" });
    if (done) this.give(section, "done", { on: done.dataset.tableDone === "true" });
  }

  /** What is taken back can be written again: it goes to the field when that is empty. */
  takeBack(section, button) {
    const line = button.closest("li");
    const field = section.querySelector("textarea");
    line.hidden = true;
    if (!line.querySelector("img") && !field.value) this.write(field, line.querySelector("span").textContent);
    field.focus();
    this.give(section, "withdraw", { id: button.dataset.takeBack });
  }

  async took(input) {
    const [file] = input.files;
    if (!file) return;
    const section = sectionOf(input);
    const field = section.querySelector("textarea");
    const caption = field.value.trim().length <= LONGEST_CAPTION ? field.value.trim() : "";
    this.tell(input.dataset.wait);
    const photo = await shrunk(file);
    input.value = "";
    const row = { key: `photo ${newId()}`, room: this.photos, exercise: section.dataset.exerciseId, caption, photo };
    await this.store.put("drafts", row);
    if (caption && field.value.trim() === caption) this.write(field, "");
    this.send();
  }

  /** Bring what is kept, one after the other. */
  async send() {
    if (this.sending) return;
    this.sending = true;
    try {
      for (const row of await this.store.all("drafts")) if (row.room === this.photos) await this.sendOne(row);
    } finally {
      this.sending = false;
    }
  }

  async sendOne(row) {
    const words = document.querySelector(".table-notes [data-photo]")?.dataset ?? {};
    try {
      const picture = await bring(this.place.room, AUDIENCE, row.photo);
      const data = { picture, caption: row.caption };
      await this.place.outbox.add({ room: this.place.room, audience: AUDIENCE, exercise: row.exercise, type: "photo", data, field: row.key });
      this.tell(words.stored);
    } catch (problem) {
      if (problem.isTemporary || problem.status === 401) return this.tell(words.later);
      this.tell(problem.message);
    }
    return this.store.remove("drafts", [row.key]);
  }

  tell(text = "") {
    const told = document.querySelector(".table-notes [data-photo-told]");
    if (told) told.textContent = text;
  }

  /** Lines that wait for the network stand under those that are stored. */
  draw() {
    for (const list of document.querySelectorAll("[data-waiting-lines]")) {
      const { exerciseId } = sectionOf(list).dataset;
      const rows = this.place.waiting().filter(({ item }) => item.exercise === exerciseId && item.type === "note");
      list.replaceChildren(...rows.map(({ item }) => Object.assign(document.createElement("li"), { textContent: item.data.text })));
    }
  }
}

/** Once for each place; what is redrawn is found by its marks. */
export function begin(place) {
  if (begun.has(place)) return;
  begun.add(place);
  new TableNotes(place);
}
