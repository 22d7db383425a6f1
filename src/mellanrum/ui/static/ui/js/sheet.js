/** The fields of a table's sheet: what is written goes by itself when it rests, and what others wrote is put in where nobody writes. */

const REST_MS = 3000;

const keyOf = (field) => field.closest("[data-field]").dataset.field;
const valueOf = (field) => (field.type === "checkbox" ? (field.checked ? "1" : "") : field.value);

function put(field, text) {
  if (field.type === "checkbox") field.checked = text === "1";
  else if (field.value !== text) field.value = text;
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

export class Sheet {
  /** `give(type, data, field)` queues a contribution. */
  constructor(place, give) {
    Object.assign(this, { place, give, own: null, resting: new Map() });
    document.addEventListener("input", ({ target }) => this.isMine(target) && this.rest(target));
    document.addEventListener("focusout", ({ target }) => this.resting.has(target) && this.send(target));
    document.addEventListener("change", ({ target }) => this.isMine(target) && this.send(target));
    addEventListener("pagehide", () => this.sendAll());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.sendAll());
  }

  isMine(target) {
    return Boolean(target.closest?.("[data-sheet] [data-field]"));
  }

  get fields() {
    return [...document.querySelectorAll("[data-sheet] :is(.input, input[type=checkbox])")];
  }

  stored(field) {
    return this.own?.fields.find((one) => one.key === keyOf(field));
  }

  rest(field) {
    clearTimeout(this.resting.get(field));
    this.resting.set(field, setTimeout(() => this.send(field), REST_MS));
    this.say(field);
  }

  sendAll() {
    for (const field of [...this.resting.keys()]) this.send(field);
  }

  /** Upon the version it was written on; too long a text stays on the phone, and says so. */
  send(field, settles = []) {
    clearTimeout(this.resting.get(field));
    this.resting.delete(field);
    const [one, text] = [this.stored(field), valueOf(field)];
    if (!field.isConnected || !one || text.length > this.longest(field)) return;
    if (text === one.text && !settles.length) return this.settle(field);
    const data = { table: this.own.title, field: one.key, text, base: one.version, ...(settles.length && { settles }) };
    this.give("write", data, `${this.fieldOf(field)} write?#text`);
    this.settle(field);
    this.say(field);
  }

  /** Its words are in the queue or stored: the draft that a reload would bring back is done with. */
  settle(field) {
    this.place.forms.undraft(this.place.forms.keyOf(field));
  }

  fieldOf(field) {
    return `sheet ${this.own.table} ${keyOf(field)}`;
  }

  longest(field) {
    return Number(field.form.dataset.longest);
  }

  waits(field) {
    return this.place.waiting().some((row) => row.field?.startsWith(`${this.fieldOf(field)} `));
  }

  /** Being written in, on its way, or kept as a draft: nobody else's words take its place. */
  isBusy(field) {
    return this.resting.has(field) || this.waits(field) || this.place.forms.drafts.has(this.place.forms.keyOf(field));
  }

  draw(form, own) {
    this.own = own;
    if (!form) return;
    form.hidden = !own.table;
    if (!own.table) return;
    for (const field of this.fields) {
      const one = this.stored(field);
      if (one && !this.isBusy(field)) put(field, one.text);
      else if (one && valueOf(field) === one.text) this.settle(field);
      this.say(field);
      this.drawBeside(field, one?.beside ?? []);
    }
    this.drawRest(form, own);
  }

  /** Under a field: when it was stored, that it waits, or that it is too long. */
  say(field) {
    const place = field.closest("[data-field]").querySelector("[data-is]");
    if (!place || !this.own) return;
    const { dataset } = field.form;
    const [one, length] = [this.stored(field), field.value.length];
    const isLong = length > this.longest(field);
    const at = one?.at ? new Date(one.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }) : "";
    const stored = one?.entered ? dataset.entered : at && dataset.stored.replace("%s", at);
    field.setAttribute("aria-invalid", String(isLong));
    place.classList.toggle("bad", isLong);
    place.textContent = isLong ? dataset.tooLong.replace("%s", length.toLocaleString("sv")) : this.isBusy(field) ? dataset.waits : stored || "";
  }

  drawBeside(field, beside) {
    const place = field.closest("[data-field]").querySelector("[data-besides]");
    if (!place || place.dataset.has === JSON.stringify(beside)) return;
    place.dataset.has = JSON.stringify(beside);
    const { heads, adds, drops } = place.dataset;
    const rows = beside.map(([version, text]) => {
      const row = made("div", { className: "beside" });
      const add = made("button", { type: "button", className: "btn small", textContent: adds, onclick: () => this.bring(field, version, text) });
      const drop = made("button", { type: "button", className: "btn small quiet", textContent: drops, onclick: () => this.send(field, [version]) });
      row.append(made("p", { textContent: heads }), made("blockquote", { textContent: text }), add, drop);
      return row;
    });
    place.replaceChildren(...rows);
  }

  bring(field, version, text) {
    field.value = `${field.value.trimEnd()}\n\n${text}`;
    this.send(field, [version]);
  }

  drawRest(form, own) {
    const [photos, astray] = [form.querySelector("[data-sheet-photos]"), form.querySelector("[data-astray]")];
    const { alt } = photos.dataset;
    if (photos.childElementCount !== own.photos.length) {
      photos.replaceChildren(...own.photos.map(([name, caption]) => made("img", { src: `/pictures/${name}`, alt: caption || alt, width: 160, height: 120 })));
    }
    astray.hidden = !own.astray;
    astray.querySelector("span").textContent = own.astray;
  }

  /** Who has the pen writes; the others read. */
  allow(isMine) {
    for (const field of this.fields) {
      if (field.type === "checkbox") field.disabled = !isMine;
      else field.readOnly = !isMine;
    }
  }

  focus() {
    this.fields[0]?.focus();
  }
}
