/** Copying, dividing and joining a block, from the inspector's buttons or with a letter on the handle of its row. */

import { newKey } from "./planner-keys.js";

const LETTERS = { d: "duplicate", s: "split", j: "join", delete: "remove" };

export class Reshape {
  constructor({ place, saving, fields, list, parts, say }) {
    Object.assign(this, { place, saving, fields, list, parts, say });
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  submitted(event) {
    const { reshape, keyOf } = event.target.dataset;
    if (!reshape) return;
    event.preventDefault();
    this.shape(reshape, keyOf);
  }

  key(event) {
    const slot = event.target.closest?.("[data-lift], [data-open]")?.closest("[data-row]");
    const kind = LETTERS[event.key.toLowerCase()];
    if (!slot || !kind || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (slot.classList.contains("lifted") || event.target.disabled) return;
    event.preventDefault();
    this.shape(kind, slot.dataset.row);
  }

  shape(kind, key) {
    this.fields.flush();
    const { keys } = this.list;
    const next = keys[keys.indexOf(key) + 1] ?? "";
    const body = { duplicate: { key: newKey() }, split: { key: newKey() }, join: { next }, remove: {} }[kind];
    this.saving.add({ kind, url: `${this.place}/blocks/${key}/${kind}`, body, key });
  }

  /** The server has done it: the sheet is drawn anew, the copy opens, and the words say what came of it. */
  async done(job, told) {
    if (!["duplicate", "split", "join"].includes(job.kind)) return;
    const isElsewhere = this.parts.openKey !== job.key;
    await this.parts.reload();
    if (!isElsewhere || job.kind === "duplicate") await this.parts.open(told.key);
    this.say(told.text);
  }
}
