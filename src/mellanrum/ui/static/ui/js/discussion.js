/** A table talk on a phone: where one sits, the table's one pen, and a sheet that saves itself field by field. */

import { now } from "./clock-sync.js";
import { bring, shrunk } from "./photos.js";
import { newId, state } from "./protocol.js";
import { recall, remember } from "./seats-sat.js";
import { Sheet } from "./sheet.js";

const AUDIENCE = "phone";
const SILENT_MS = 60_000;
const AGAIN_MS = 3000;
const SPREAD_MS = 400; // a table hears the same cell at once
const rootOf = () => document.querySelector(".talks");
const begun = new WeakMap();

class Talk {
  constructor(place) {
    Object.assign(this, { place, own: null, timer: 0, silence: 0, hasToldMet: false });
    this.sheet = new Sheet(place, (type, data, field) => this.give(type, data, field));
    document.addEventListener("click", ({ target }) => this.clicked(target.closest?.(".talks [data-pen]")));
    document.addEventListener("change", ({ target }) => "sheetPhoto" in target.dataset && this.took(target));
  }

  get exercise() {
    return rootOf()?.dataset.exerciseId;
  }

  give(type, data, field = `${type} ${newId()}`) {
    return this.place.outbox.add({ room: this.place.room, audience: AUDIENCE, exercise: this.exercise, type, data, field });
  }

  /** The fragment is new: what concerns one's own table is asked for, and nothing else. */
  placed() {
    const root = rootOf();
    if (!root) return;
    const said = JSON.stringify([root.dataset.phase, root.dataset.exerciseId, this.said(this.own?.[root.dataset.exerciseId]?.table)]);
    this.draw();
    if (said === this.known) return;
    this.known = said;
    this.soon(Math.random() * SPREAD_MS);
  }

  /** What the room says of that table, or of all where one has none yet. */
  said(table) {
    const tables = [...rootOf().querySelectorAll("[data-at]")];
    return tables.filter((one) => !table || one.dataset.at === table).map((one) => one.dataset.said);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    try {
      const { data } = await state(this.place.room, { part: "own", audience: AUDIENCE });
      this.own = data.own;
    } catch (problem) {
      if (problem.isTemporary) this.soon(Math.max(problem.retryAfter, AGAIN_MS));
      return;
    }
    this.draw();
    this.placed(); // of a table that is one's own now, something may have been said meanwhile
  }

  draw() {
    const [root, own] = [rootOf(), this.own?.[this.exercise]];
    if (!root || !own) return;
    this.drawSeat(root, own);
    this.drawPen(root, own);
    this.sheet.draw(root.querySelector("[data-sheet]"), own);
    if (root.dataset.way === "mixed") this.meet(own);
  }

  drawSeat(root, own) {
    const [seat, waits, change, snap] = ["[data-seat]", "[data-no-seat]", "[data-change]", "[data-snap]"].map((one) => root.querySelector(one));
    for (const form of root.querySelectorAll(".seat-form, .seat-change")) form.hidden = own.shared;
    if (snap) snap.hidden = !own.shared;
    if (seat) {
      const [name, says] = ["[data-seat-name]", "[data-seat-says]"].map((one) => seat.querySelector(one));
      if (own.shared) says.textContent = says.dataset.shared;
      seat.hidden = !own.table;
      name.textContent = root.dataset.way === "units" ? own.title : `${name.dataset.words} ${own.title}`;
      seat.querySelector("[data-seat-subject]").textContent = [own.subject, ...own.others].filter(Boolean).join(" · ");
    }
    if (waits) waits.hidden = !own.is_in || Boolean(own.table);
    if (change && !own.table) change.open = true;
  }

  drawPen(root, own) {
    const pen = root.querySelector("[data-pen-is]");
    if (!pen) return;
    const left = own.pen_at + SILENT_MS - now();
    const isSilent = own.pen === "other" && left <= 0;
    clearTimeout(this.silence);
    if (own.pen === "other" && !isSilent) this.silence = setTimeout(() => this.draw(), left + 50);
    const [take, give, says] = ["[data-pen=take]", "[data-pen=give]", "[data-pen-says]"].map((one) => pen.querySelector(one));
    const is = own.asked ? "asked" : isSilent ? "silent" : own.asking ? "asking" : own.pen;
    if (says.textContent !== says.dataset[is]) says.textContent = says.dataset[is];
    pen.dataset.penIs = own.pen;
    take.hidden = own.pen === "mine" || is === "asking";
    take.textContent = take.dataset[isSilent ? "silent" : own.pen] ?? take.dataset.free;
    give.hidden = own.pen !== "mine";
    this.sheet.allow(own.pen === "mine");
  }

  clicked(button) {
    const own = this.own?.[this.exercise];
    if (!button || !own) return;
    this.sheet.sendAll(); // words go before the pen does
    this.give("pen", { table: own.title, do: button.dataset.pen }, `pen ${this.exercise}`);
    // Nobody else has it: no reason to wait for the network. Should two have thought so, both texts are kept.
    if (button.dataset.pen === "take" && own.pen === "free") Object.assign(own, { pen: "mine", pen_at: now() });
    this.draw();
    if (own.pen === "mine" && button.dataset.pen === "take") this.sheet.focus();
  }

  /** Told before the tables are formed: where this phone has sat, so that people meet somebody new. */
  meet(own) {
    const seats = recall();
    if (own.tag) remember(`${this.place.room.slice(0, 16)}.${this.exercise.slice(-20)}.${own.tag}`);
    if (!own.is_in || this.hasToldMet || !seats.length) return;
    this.hasToldMet = true;
    this.give("met", { seats }, `met ${this.exercise}`);
  }

  async took(input) {
    const [file] = input.files;
    const told = rootOf().querySelector("[data-photo-told]");
    if (!file) return;
    told.textContent = input.dataset.wait;
    try {
      await this.give("photo", { picture: await bring(this.place.room, AUDIENCE, await shrunk(file)) });
      told.textContent = input.dataset.stored;
    } catch (problem) {
      told.textContent = problem.message || input.dataset.lost;
    }
    input.value = "";
  }
}

/** Once for each place; then at every change of the fragment. */
export function begin(place) {
  if (!begun.has(place)) begun.set(place, new Talk(place));
  begun.get(place).placed();
}
