/** Marking several rows, by Shift or Ctrl, Shift and arrows, or boxes to tick; and the bar that changes them together. */

export class Marking {
  /** `say(words)` is read aloud · the words of the bar stand in its own data. */
  constructor({ place, saving, fields, list, say }) {
    Object.assign(this, { place, saving, fields, list, say });
    this.bar = document.querySelector("[data-marking]");
    this.keys = new Set();
    this.isOn = false;
    this.anchor = "";
    document.addEventListener("click", (event) => this.click(event), { capture: true });
    document.addEventListener("mousedown", (event) => event.shiftKey && event.target.closest?.("[data-row]") && event.preventDefault()); // no selecting of text
    document.addEventListener("change", (event) => event.target.matches("[data-mark]") && this.ticked(event.target));
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("planner:drawn", () => this.draw());
    this.bar.addEventListener("submit", (event) => this.submitted(event));
    this.draw();
  }

  get marked() {
    return this.list.keys.filter((key) => this.keys.has(key));
  }

  turn(isOn) {
    this.isOn = isOn;
    if (!isOn) this.keys.clear();
    this.draw();
  }

  click(event) {
    if (event.target.closest?.("[data-mark-many]")) return this.turn(!this.isOn);
    if (event.target.closest?.("[data-unmark]")) return this.leave();
    const slot = event.target.closest?.("[data-row]");
    if (!slot || !(event.shiftKey || event.ctrlKey || event.metaKey) || event.target.matches("input, textarea") && event.target === document.activeElement && event.detail > 1) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return event.shiftKey ? this.through(slot.dataset.row) : this.flip(slot.dataset.row);
  }

  leave() {
    this.turn(false);
    document.querySelector("[data-mark-many]")?.focus();
  }

  flip(key) {
    this.isOn = true;
    this.anchor = key;
    if (!this.keys.delete(key)) this.keys.add(key);
    this.draw();
    this.tell();
  }

  ticked(box) {
    this.flip(box.closest("[data-row]").dataset.row);
  }

  /** From where one began to here. */
  through(key) {
    const { keys } = this.list;
    const from = Math.max(keys.indexOf(this.keys.has(this.anchor) ? this.anchor : key), 0);
    const to = keys.indexOf(key);
    this.anchor = keys[from];
    this.isOn = true;
    keys.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => this.keys.add(one));
    this.draw();
    this.tell();
  }

  key(event) {
    if (event.key === "Escape" && this.isOn && !document.querySelector(".slot.lifted")) return this.leave();
    const slot = event.target.closest?.("[data-lift], [data-open], [data-mark]")?.closest("[data-row]");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!slot || !by || !event.shiftKey) return undefined;
    event.preventDefault();
    const { keys } = this.list;
    const next = keys[keys.indexOf(slot.dataset.row) + by];
    if (!next) return undefined;
    if (!this.keys.size) this.flip(slot.dataset.row);
    this.through(next);
    return this.list.slot(next).querySelector("[data-mark]").focus();
  }

  /** A row that is dragged takes the others that are marked with it. */
  taking(key) {
    return this.keys.size > 1 && this.keys.has(key);
  }

  moved({ before, after }) {
    const { keys } = this.list;
    const free = (key, step) => {
      let place = keys.indexOf(key);
      while (place >= 0 && this.keys.has(keys[place])) place += step;
      return keys[place] ?? "";
    };
    this.send("move", { before: before && free(before, 1), after: after && free(after, -1) });
  }

  submitted(event) {
    event.preventDefault();
    const { act, way } = event.submitter.dataset;
    const form = new FormData(event.target);
    if (act === "move") return this.step(way);
    const was = Object.fromEntries(this.marked.map((key) => [key, Number(this.list.slot(key).dataset.length)]));
    if (act === "minutes") return this.send(act, { by: way ?? form.get("by"), was: JSON.stringify(was) });
    event.target.closest("details")?.removeAttribute("open");
    return this.send(act, { text: form.get("text") ?? "", to: form.get("to") ?? "" });
  }

  /** One step up or down, gathered. */
  step(way) {
    const { keys } = this.list;
    const { marked } = this;
    const places = marked.map((key) => keys.indexOf(key));
    const rest = keys.filter((key) => !this.keys.has(key));
    const ahead = keys.slice(0, way === "up" ? places[0] : places.at(-1) + 1).filter((key) => !this.keys.has(key)).length;
    const at = way === "up" ? Math.max(ahead - 1, 0) : Math.min(ahead + 1, rest.length);
    this.send("move", { before: rest[at] ?? "", after: rest[at - 1] ?? "" });
  }

  send(act, fields) {
    this.fields.flush();
    if (!this.marked.length) return this.say(this.bar.dataset.none);
    return this.saving.add({ kind: "marked", url: `${this.place}/marked`, body: { act, keys: JSON.stringify(this.marked), ...fields } });
  }

  /** The server has done it. */
  done(told) {
    this.say(told.text);
    this.bar.querySelector("[data-told]").textContent = told.text;
  }

  tell() {
    this.say(this.count());
  }

  count() {
    const minutes = this.marked.reduce((sum, key) => sum + Number(this.list.slot(key).dataset.length), 0);
    return this.bar.dataset.counted.replace("{n}", this.marked.length).replace("{minutes}", minutes);
  }

  draw() {
    document.documentElement.classList.toggle("marking", this.isOn);
    this.bar.hidden = !this.isOn;
    document.querySelector("[data-mark-many]")?.setAttribute("aria-pressed", this.isOn);
    for (const slot of this.list.slots) this.box(slot);
    this.keys = new Set(this.marked);
    this.bar.querySelector("[data-count-marked]").textContent = this.count();
    this.bar.querySelector("[data-told]").textContent = "";
  }

  box(slot) {
    const isMarked = this.keys.has(slot.dataset.row);
    slot.classList.toggle("marked", isMarked);
    let box = slot.querySelector("[data-mark]");
    if (!this.isOn) return box?.remove();
    if (!box) {
      box = Object.assign(document.createElement("input"), { type: "checkbox", className: "tick" });
      box.dataset.mark = "";
      slot.append(box); // the row itself stays the first
    }
    box.setAttribute("aria-label", this.bar.dataset.label.replace("{title}", slot.querySelector("[name=title]").value));
    box.checked = isMarked;
    return undefined;
  }
}
