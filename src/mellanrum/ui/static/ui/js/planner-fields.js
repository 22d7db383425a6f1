/** Fields that save themselves when they change, in the row and in the inspector alike; what was refused is told beside them. */

import { readLength } from "./planner-timing.js";

const formsOf = (url) => [...document.querySelectorAll("form[data-saves]")].filter((form) => form.getAttribute("action") === url);
const isText = (field) => field.matches?.("textarea, input:not([type=checkbox], [type=radio])");

export function valueOf(form, name) {
  const field = form.elements.namedItem(name);
  return field.type === "checkbox" ? (field.checked ? "1" : "") : field.value;
}

function set(form, name, value) {
  const field = form.elements.namedItem(name);
  if (!field || valueOf(form, name) === value) return;
  if (field.type === "checkbox") field.checked = value === "1";
  else field.value = value;
}

export class Fields {
  /** `onValue(url, name, value, length)` hears of every value at once. */
  constructor({ saving, onValue }) {
    Object.assign(this, { saving, onValue });
    this.bases = new Map(); // url → {name: the text the field started from}
    this.dirty = new Set();
    document.addEventListener("input", (event) => this.typed(event.target));
    document.addEventListener("change", (event) => this.changed(event.target));
    document.addEventListener("submit", (event) => event.target.matches("form[data-saves]") && (event.preventDefault(), this.flush()));
    document.addEventListener("keydown", (event) => this.enter(event));
    addEventListener("beforeunload", () => this.flush(), { capture: true }); // before the queue says whether it is empty
  }

  /** Where the fields of new forms start from; what waits to be sent is put back into them. */
  register(root) {
    for (const form of root.querySelectorAll("form[data-saves]")) {
      const url = form.getAttribute("action");
      const base = this.bases.get(url) ?? {};
      for (const [name, value] of Object.entries(JSON.parse(form.elements.namedItem("was").value))) {
        const waiting = this.saving.waiting(url, name);
        if (waiting === undefined || !(name in base)) base[name] = value;
        if (waiting !== undefined) this.refill(form, name, waiting);
      }
      this.bases.set(url, base);
    }
  }

  refill(form, name, value) {
    set(form, name, value);
    this.spread(form, name, value);
  }

  enter(event) {
    const isLine = event.target.matches?.("form[data-saves] :is(textarea[rows='1'], input)");
    if (event.key !== "Enter" || !isLine || event.isComposing) return;
    event.preventDefault();
    this.changed(event.target);
  }

  typed(field) {
    const form = field.form;
    if (!form?.matches("form[data-saves]") || !isText(field)) return;
    this.dirty.add(field);
    this.spread(form, field.name, field.value);
  }

  changed(field) {
    const form = field.form;
    this.dirty.delete(field);
    if (!form?.matches("form[data-saves]") || !(field.name in (this.base(form) ?? {}))) return;
    const value = valueOf(form, field.name);
    this.spread(form, field.name, value);
    this.save(form.getAttribute("action"), field.name, value);
  }

  flush() {
    for (const field of [...this.dirty]) if (field.isConnected) this.changed(field);
  }

  base(form) {
    return this.bases.get(form.getAttribute("action"));
  }

  save(url, name, value, was = this.saving.waiting(url, name) ?? this.bases.get(url)[name]) {
    this.clear(url, name);
    if (value === was) return;
    this.saving.add({ kind: "field", url, name, body: { [name]: value, was: JSON.stringify({ [name]: was }) } });
  }

  /** The same field stands in the row and in the inspector. */
  spread(form, name, value) {
    const url = form.getAttribute("action");
    for (const twin of formsOf(url)) if (twin !== form) set(twin, name, value);
    this.onValue(url, name, value, name === "minutes" ? readLength(value) : null);
  }

  /** What the server has now, where nobody is writing and nothing waits. */
  take(url, values) {
    const base = this.bases.get(url);
    if (!base) return;
    for (const [name, value] of Object.entries(values)) {
      const isBusy = this.saving.waiting(url, name) !== undefined || this.saving.open.has(`${url} ${name}`) || this.isTyping(url, name);
      if (!(name in base) || isBusy || base[name] === value) continue;
      base[name] = value;
      this.put(url, name, value);
    }
  }

  put(url, name, value) {
    for (const form of formsOf(url)) set(form, name, value);
    this.onValue(url, name, value, name === "minutes" ? readLength(value) : null);
  }

  /** What was sent is what the field starts from now, also while somebody writes on. */
  saved(url, name, value) {
    const base = this.bases.get(url);
    if (!base || this.saving.waiting(url, name) !== undefined) return;
    base[name] = value;
    if (!this.isTyping(url, name)) this.put(url, name, value);
  }

  isTyping(url, name) {
    return [...this.dirty].some((field) => field.isConnected && field.name === name && field.form.getAttribute("action") === url);
  }

  /** The inspector's form where it shows this block, else the row's. */
  holder(url, name) {
    const forms = formsOf(url).filter((form) => form.elements.namedItem(name));
    return forms.find((form) => form.dataset.saves) ?? forms[0];
  }

  refuse(url, name, text) {
    const note = document.querySelector("template[data-problem]").content.firstElementChild.cloneNode(true);
    note.querySelector("[data-text]").textContent = text;
    this.show(url, name, note);
    for (const form of formsOf(url)) form.elements.namedItem(name)?.setAttribute?.("aria-invalid", "true");
  }

  /** Both texts, and the person chooses. */
  conflict(url, { field: name, yours, theirs }) {
    const note = document.querySelector("template[data-conflict]").content.firstElementChild.cloneNode(true);
    note.querySelector("[data-yours]").textContent = this.words(url, name, yours);
    note.querySelector("[data-theirs]").textContent = this.words(url, name, theirs);
    note.querySelector("[data-keep]").addEventListener("click", () => this.save(url, name, yours, theirs));
    note.querySelector("[data-take]").addEventListener("click", () => {
      this.clear(url, name);
      this.take(url, { [name]: theirs });
    });
    this.show(url, name, note);
  }

  /** A choice is told by its label. */
  words(url, name, value) {
    const field = this.holder(url, name)?.elements.namedItem(name);
    if (!(field instanceof RadioNodeList)) return value || "–";
    return [...field].find((radio) => radio.value === value)?.closest("label").textContent.trim() ?? value;
  }

  show(url, name, note) {
    this.clear(url, name);
    this.saving.open.add(`${url} ${name}`);
    const field = this.holder(url, name)?.elements.namedItem(name);
    if (!field) return;
    const one = field instanceof RadioNodeList ? field[0] : field;
    note.dataset.noteOf = name;
    note.id = `note-${name}-${formsOf(url).indexOf(one.form)}`;
    (one.closest(".field, .icons") ?? one.form).append(note);
    one.setAttribute("aria-describedby", note.id);
    this.saving.draw();
  }

  clear(url, name) {
    this.saving.open.delete(`${url} ${name}`);
    for (const form of formsOf(url)) {
      form.querySelectorAll(`[data-note-of="${name}"]`).forEach((note) => note.remove());
      for (const attribute of ["aria-invalid", "aria-describedby"]) form.elements.namedItem(name)?.removeAttribute?.(attribute);
    }
    this.saving.draw();
  }
}
