/** Undo: the last twenty changes made in this tab, taken back one at a time, by Ctrl+Z or the button that says which is next. */

const MOST = 20;

export class Undoing {
  /** `after(told)` draws the plan as it is then · `say(words)` is read aloud. */
  constructor({ place, saving, fields, button, after, say }) {
    Object.assign(this, { saving, fields, button, after, say });
    this.name = `${place} undo`;
    this.stack = this.kept();
    this.wished = 0;
    document.addEventListener("keydown", (event) => this.key(event));
    button?.addEventListener("click", () => this.undo());
    this.adopt(document.querySelector("form[data-undo-told]"));
    this.draw();
  }

  /** What a page before this one did, and tells of here. */
  adopt(form) {
    if (form) this.push({ id: form.dataset.undoTold, text: form.querySelector("span").textContent, url: form.getAttribute("action") });
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name)) ?? [];
    } catch {
      return [];
    }
  }

  keep() {
    this.stack = this.stack.slice(-MOST);
    try {
      sessionStorage.setItem(this.name, JSON.stringify(this.stack));
    } catch {
      // Full or forbidden: what this page knows of is undone all the same.
    }
    this.draw();
  }

  /** A change is {id, text, url}. */
  push(change) {
    if (!change || this.stack.some(({ id }) => id === change.id)) return;
    this.stack.push(change);
    this.keep();
  }

  /** A field that is being written in undoes its own letters. */
  key(event) {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const { target } = event;
    const isOther = target.matches("textarea, input:not([type=checkbox], [type=radio])") && !target.form?.matches("[data-saves]");
    if (isOther || this.fields.dirty.has(target)) return;
    event.preventDefault();
    this.undo();
  }

  /** That change, or the last one once everything on its way has arrived. */
  undo(change = null) {
    this.fields.flush();
    if (!change && this.saving.jobs.length) {
      this.wished += 1;
      return;
    }
    const wanted = change ?? this.stack.at(-1);
    if (!wanted) return;
    this.stack = this.stack.filter(({ id }) => id !== wanted.id);
    this.keep();
    this.saving.add({ kind: "undo", url: wanted.url, body: { undo: wanted.id } });
  }

  /** Every answer of the queue. */
  async heard(job, told) {
    if (job.kind === "undo") {
      this.say(told.text);
      await this.after(told);
    } else {
      this.push(told.change);
    }
    this.goOn();
  }

  /** Pressed while something was on its way. */
  goOn() {
    if (!this.wished || this.saving.jobs.length) return;
    this.wished -= 1;
    this.undo();
  }

  draw() {
    if (!this.button) return;
    const next = this.stack.at(-1);
    this.button.hidden = !next;
    this.button.querySelector("[data-undo-what]").textContent = next?.text ?? "";
  }
}
