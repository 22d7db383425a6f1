/** The two parts of the page that the server draws anew: the list, and the inspector for the block one opens. */

export class Parts {
  constructor({ place, view, fields, list, say, lost, leave }) {
    Object.assign(this, { place, view, fields, list, say, lost, leave });
    document.addEventListener("click", (event) => this.click(event));
  }

  get inspector() {
    return document.querySelector("[data-part=inspector]");
  }

  get openKey() {
    return this.inspector.querySelector("[data-key]")?.dataset.key ?? "";
  }

  click(event) {
    const link = event.target.closest?.("a[data-open]");
    const row = event.target.closest?.("[data-row]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.open(row?.dataset.row ?? "", { focus: true });
    } else if (event.target.closest?.("a[data-again]")) {
      event.preventDefault();
      this.open(this.openKey, { focus: true });
    } else if (row && event.detail > 0 && !event.target.closest("[data-lift], [data-mark], .v") && row.dataset.row !== this.openKey) {
      this.open(row.dataset.row);
    }
  }

  async fetch(part, key) {
    const query = new URLSearchParams({ part, view: this.view, ...(key ? { block: key } : {}) });
    const answer = await fetch(`${this.place}?${query}`).catch(() => null);
    return answer?.ok ? answer.text() : null;
  }

  /** Show a block, or the gathering without a key. The latest wish counts. */
  async open(key, { focus = false } = {}) {
    this.fields.flush();
    if (key !== this.openKey) this.leave();
    this.wish = key;
    const html = await this.fetch("inspector", key);
    if (this.wish !== key) return undefined;
    if (html === null) return this.say(this.lost);
    this.put(this.inspector, html);
    this.inspector.scrollTop = 0;
    this.list.select(key);
    history.replaceState(null, "", key ? `?${new URLSearchParams({ ...(this.view === "sheet" ? {} : { view: this.view }), block: key })}` : this.place);
    if (!focus) return undefined;
    this.inspector.focus({ preventScroll: true });
    return this.inspector.scrollIntoView({ block: innerWidth > 1000 ? "nearest" : "start" });
  }

  /** Draw the list again; who was writing in it goes on where they were. */
  async reload(key = this.openKey, { isOthers = false } = {}) {
    if (!isOthers) this.fields.flush();
    const html = await this.fetch("sheet", key);
    if (html === null) return this.say(this.lost);
    const sheet = document.querySelector("[data-part=sheet]");
    const at = this.focusIn(sheet);
    const scroll = this.list.element.scrollTop;
    if (isOthers && at && this.putAround(sheet, html, at.key)) return undefined;
    this.put(sheet, html);
    this.list.element.scrollTop = scroll;
    return at && this.list.slot(at.key)?.querySelector(at.field)?.focus({ preventScroll: true });
  }

  focusIn(sheet) {
    const focused = document.activeElement;
    const key = focused.closest?.("[data-row]")?.dataset.row;
    if (!key || !sheet.contains(focused)) return null;
    return { key, field: focused.name ? `[name=${focused.name}]` : focused.matches("[data-lift]") ? "[data-lift]" : "[data-open]" };
  }

  /** All of the list but the row somebody is in, which is not touched. Whether it is still there. */
  putAround(sheet, html, key) {
    const drawn = document.createElement("template");
    drawn.innerHTML = html;
    const kept = this.list.slot(key);
    const twin = drawn.content.querySelector(`[data-row="${CSS.escape(key)}"]`);
    if (!twin) return false;
    const form = kept.querySelector("form");
    form.elements.namedItem("was").value = JSON.stringify(this.fields.base(form)); // where its fields started from is as before
    for (const other of this.list.slots) if (other !== kept) other.remove();
    const slots = [...twin.parentElement.children];
    const place = slots.indexOf(twin);
    kept.before(...slots.slice(0, place));
    kept.after(...slots.slice(place + 1));
    this.fields.register(sheet);
    document.dispatchEvent(new CustomEvent("planner:drawn"));
    this.list.retime();
    return true;
  }

  /** Text drawn by the server's own templates, where everything people wrote is escaped. */
  put(part, html) {
    part.innerHTML = html;
    this.fields.register(part);
    document.dispatchEvent(new CustomEvent("planner:drawn"));
  }
}
