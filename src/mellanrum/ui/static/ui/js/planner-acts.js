/** Adding, moving to a chosen place, removing and putting back: the forms that change the list, sent through the queue. */

import { newKey } from "./planner-keys.js";
import { offerUndo } from "./toast.js";

export class Acts {
  constructor({ place, saving, fields, list, parts, undo }) {
    Object.assign(this, { place, saving, fields, list, parts, undo });
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("input", (event) => event.target.form?.matches("form.editor") && event.target.form.setAttribute("data-touched", ""));
    addEventListener("beforeunload", (event) => document.querySelector("form.editor[data-touched]") && event.preventDefault());
  }

  /** An editor that is left without its button is saved all the same. */
  flush() {
    document.querySelector("form.editor[data-touched]")?.requestSubmit();
  }

  submitted(event) {
    const form = event.target;
    const kind = ["add", "move", "remove", "exercise"].find((name) => name in form.dataset);
    if (!kind) return;
    event.preventDefault();
    this.fields.flush();
    const body = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    if (kind === "add") body.push(["key", newKey()]);
    form.removeAttribute("data-touched");
    this.saving.add({ kind, url: form.getAttribute("action"), body, key: form.dataset[kind] });
  }

  moved(key, { before, after }) {
    this.saving.add({ kind: "move", url: `${this.place}/blocks/${key}/move`, body: { before, after } });
  }

  /** The server has done it. */
  async done(job, told) {
    const then = { add: () => this.added(told), remove: () => this.removed(job, told), exercise: () => this.prepared(job, told) }[job.kind];
    await then?.();
  }

  async added({ key }) {
    await this.parts.reload(key);
    await this.parts.open(key);
    const title = this.list.slot(key)?.querySelector("[name=title]");
    title?.focus();
    title?.select();
  }

  async removed({ key }, { text, change }) {
    const { keys } = this.list;
    const next = keys[keys.indexOf(key) + 1] ?? keys.at(-2) ?? "";
    await this.parts.open(next);
    await this.parts.reload(next);
    (this.list.slot(next)?.querySelector("[data-open]") ?? this.parts.inspector).focus();
    this.offer(text, change);
  }

  offer(text, change) {
    if (change) offerUndo(text, () => this.undo(change));
  }

  /** The exercise is saved, given or gone: the editor is drawn anew, unless its person is elsewhere by now. */
  async prepared({ key }, { text, undo, change }) {
    if (this.parts.openKey === key) await this.parts.open(key);
    if (this.parts.openKey === key) this.showExercise(undo ? "" : text);
    if (undo) this.offer(text, change);
  }

  /** Bring it into sight, below what is told of it. */
  showExercise(text) {
    const part = document.querySelector("[data-exercise-part]");
    if (!part) return;
    if (text) {
      const told = document.querySelector("template[data-done]").content.firstElementChild.cloneNode(true);
      told.querySelector("[data-text]").textContent = text;
      part.querySelector("h3").after(told);
    }
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "start" });
  }

  /** What is missing is told in the editor itself, with what was written still in it. */
  async unprepared({ key }, { html }) {
    if (this.parts.openKey !== key) await this.parts.open(key);
    document.querySelector("[data-exercise-part]").outerHTML = html;
    const part = document.querySelector("[data-exercise-part]");
    part.querySelector("form.editor")?.setAttribute("data-touched", "");
    (part.querySelector("[tabindex='-1'], [aria-invalid=true]") ?? part.querySelector("button")).focus();
  }
}
