/** Adding, moving to a chosen place, removing and putting back: the forms that change the list, sent through the queue. */

import { offerUndo } from "./toast.js";

const newKey = () => `block-${[...crypto.getRandomValues(new Uint8Array(5))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

export class Acts {
  constructor({ place, saving, fields, list, parts }) {
    Object.assign(this, { place, saving, fields, list, parts });
    document.addEventListener("submit", (event) => this.submitted(event));
  }

  submitted(event) {
    const form = event.target;
    const kind = ["add", "move", "remove"].find((name) => name in form.dataset);
    if (!kind) return;
    event.preventDefault();
    this.fields.flush();
    const body = Object.fromEntries(new FormData(form));
    delete body.csrfmiddlewaretoken;
    if (kind === "add") body.key = newKey();
    this.saving.add({ kind, url: form.getAttribute("action"), body, key: form.dataset[kind] });
  }

  moved(key, { before, after }) {
    this.saving.add({ kind: "move", url: `${this.place}/blocks/${key}/move`, body: { before, after } });
  }

  /** The server has done it. */
  async done(job, told) {
    const then = { add: () => this.added(told), remove: () => this.removed(job, told), restore: () => this.restored(told) }[job.kind];
    await then?.();
  }

  async added({ key }) {
    await this.parts.reload(key);
    await this.parts.open(key);
    const title = this.list.slot(key)?.querySelector("[name=title]");
    title?.focus();
    title?.select();
  }

  async removed({ key }, { text, undo }) {
    const { keys } = this.list;
    const next = keys[keys.indexOf(key) + 1] ?? keys.at(-2) ?? "";
    await this.parts.open(next);
    await this.parts.reload(next);
    (this.list.slot(next)?.querySelector("[data-open]") ?? this.parts.inspector).focus();
    offerUndo(text, () => this.saving.add({ kind: "restore", url: `${this.place}/restore`, body: { undo } }));
  }

  async restored({ key }) {
    await this.parts.reload(key);
    await this.parts.open(key, { focus: true });
  }
}
