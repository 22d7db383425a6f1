/** The rows on the page: their order, their times, the bar of the day. */

import { dayLook, rowLooks } from "./planner-marks.js";
import { clock, fixedOffset, placed, readClock, readLength, sharesOf } from "./planner-timing.js";

const KINDS = ["listen", "alone", "table", "all"];
const PARTS = ["before", "meeting", "after"];
const ofTheMeeting = (rows) => rows.filter((row) => row.part === "meeting");

export class List {
  constructor({ zone, words, isWhole }) {
    Object.assign(this, { zone, words, isWhole });
  }

  get element() {
    return document.querySelector("[data-list]");
  }

  get slots() {
    return [...(this.element?.children ?? [])];
  }

  get keys() {
    return this.slots.map((slot) => slot.dataset.row);
  }

  slot(key) {
    return this.slots.find((slot) => slot.dataset.row === key);
  }

  get start() {
    const { begins } = this.element.dataset;
    return begins ? Number(begins) : null;
  }

  set start(at) {
    this.element.dataset.begins = at ?? "";
  }

  /** What the page says of its rows, in their order. */
  get rows() {
    return this.slots.map(({ dataset }) => ({
      key: dataset.row, length: Number(dataset.length), kind: dataset.kind, phones: "phones" in dataset,
      part: dataset.partOf, fixed: dataset.fixed, least: dataset.least, most: dataset.most,
    }));
  }

  /** When each of the rows begins and ends, and what lies between it and the one before. */
  times(rows) {
    const fixedOf = ({ fixed, part }) => (!fixed || this.start === null ? null : fixedOffset(this.start, readClock(fixed), this.zone, part));
    return placed(rows.map((row) => ({ length: row.length, when: row.part, fixed: fixedOf(row) })), this.start);
  }

  /** Draw times, sum and bar; from `rows` where the page shows only some of them. */
  retime(rows = this.rows) {
    if (!this.element || (rows.length !== this.slots.length && this.isWhole)) return;
    const times = this.times(rows);
    const looks = rowLooks(rows, times, { start: this.start, zone: this.zone, words: this.words });
    rows.forEach((row, place) => this.drawRow(this.slot(row.key), times[place], looks[place]));
    this.drawSum(rows, times);
    this.drawShares(sharesOf(ofTheMeeting(rows), KINDS));
  }

  drawRow(slot, time, looks) {
    if (!slot) return;
    slot.querySelector("[data-start]").replaceChildren(this.begins(time));
    for (const [name, text] of Object.entries(looks)) {
      const line = slot.querySelector(`[data-${name}]`);
      if (line.textContent !== text) line.textContent = text;
      line.hidden = !text;
    }
  }

  begins({ from, offset }) {
    return from === null ? (offset < 0 ? `−${-offset}` : `+${offset}`) : clock(from, this.zone);
  }

  drawSum(day, times) {
    const rows = ofTheMeeting(day);
    const all = rows.reduce((sum, row) => sum + row.length, 0);
    const phones = rows.filter((row) => row.phones).reduce((sum, row) => sum + row.length, 0);
    const total = document.querySelector("[data-total]");
    total.textContent = (phones ? total.dataset.phones : total.dataset.away).replace("{all}", all).replace("{n}", phones);
    const end = Math.max(...times.filter((_time, place) => day[place].part === "meeting").map(({ to }) => to), this.start);
    const past = document.querySelector("[data-past]");
    past.textContent = dayLook(day, { start: this.start, end, zone: this.zone, words: past.dataset });
    past.hidden = !past.textContent;
    document.querySelector("[data-span]").textContent =
      this.start === null ? this.minutes(all) : `${clock(this.start, this.zone)}–${clock(end, this.zone)}`;
  }

  drawShares(shares) {
    for (const [kind, { minutes, at, size }] of Object.entries(shares)) {
      const bar = document.querySelector(`.bars .k-${kind}`);
      bar.setAttribute("x", `${at}%`);
      bar.setAttribute("width", `${size}%`);
      const label = document.querySelector(`.labs [data-kind=${kind}]`);
      label.hidden = !minutes;
      label.querySelector("[data-minutes]").textContent = this.minutes(minutes);
    }
  }

  minutes(count) {
    return this.words.min.replace("{n}", count);
  }

  /** A row's place and times in words, for those who hear them. */
  tell(slot, sentence) {
    const place = this.slots.indexOf(slot);
    const { from, to, offset } = this.times(this.rows)[place];
    const times = from === null ? this.begins({ from, offset }) : this.words.between.replace("{from}", clock(from, this.zone)).replace("{to}", clock(to, this.zone));
    const title = slot.querySelector("[name=title]").value;
    return sentence.replace("{title}", title).replace("{n}", place + 1).replace("{all}", this.slots.length).replace("{times}", times);
  }

  /** What a field of the row means for the day, at once. */
  feel(slot, name, value, length) {
    if (name === "minutes" && length !== null) slot.dataset.length = length;
    if (name === "away") slot.toggleAttribute("data-phones", !value);
    if (name === "part") this.part(slot, value);
    else this.take(slot, name, value);
    if (name === "kind") {
      const { kind } = slot.dataset;
      slot.dataset.kind = value;
      slot.querySelector(".pr").classList.replace(`k-${kind}`, `k-${value}`);
    }
    if (name === "material") slot.querySelector("[data-material] bdi").textContent = value.split("\n").map((line) => line.trim()).filter(Boolean).join(", ");
    if (name === "icon") {
      const use = slot.querySelector(".o use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${value}`));
    }
    if (name === "title") this.name(slot, value);
    if (["minutes", "away", "kind", "part", "fixed", "least", "most"].includes(name) && this.isWhole) this.retime();
  }

  /** What the row keeps of a field that says how it stands in the day; what cannot be read yet changes nothing. */
  take(slot, name, value) {
    if (name === "part") slot.dataset.partOf = value;
    if (name === "fixed" && (!value.trim() || readClock(value) !== null)) slot.dataset.fixed = value.trim();
    if (["least", "most"].includes(name) && readLength(value) !== null) slot.dataset[name] = readLength(value) || "";
    if (name !== "section") return;
    const head = slot.querySelector("[data-section]");
    head.textContent = value;
    head.hidden = !value.trim();
  }

  /** What comes before the meeting stands first, what comes after it last. */
  part(slot, part) {
    if (slot.dataset.partOf === part) return;
    slot.dataset.partOf = part;
    slot.dataset.partName = document.querySelector(`[name=part][value=${part}]`)?.closest("label").textContent ?? "";
    const rank = (key) => PARTS.indexOf(this.slot(key).dataset.partOf);
    if (this.isWhole) this.order([...this.keys].sort((one, other) => rank(one) - rank(other)));
  }

  name(slot, title) {
    const { moveLabel, openLabel } = this.element.dataset;
    slot.querySelector("[data-lift]").setAttribute("aria-label", moveLabel.replace("{title}", title));
    slot.querySelector("[data-open]").setAttribute("aria-label", openLabel.replace("{title}", title));
  }

  /** Put the rows in that order, moving only what is out of place. */
  order(keys) {
    const { element } = this;
    keys.forEach((key, place) => {
      const slot = this.slot(key);
      if (slot && element.children[place] !== slot) element.insertBefore(slot, element.children[place] ?? null);
    });
  }

  select(key) {
    for (const slot of this.slots) {
      const isThis = slot.dataset.row === key;
      slot.querySelector(".pr").classList.toggle("sel", isThis);
      if (isThis) slot.querySelector("[data-open]").setAttribute("aria-current", "true");
      else slot.querySelector("[data-open]").removeAttribute("aria-current");
    }
    const after = document.querySelector("[data-add] [name=after]");
    if (after) after.value = key ?? "";
  }
}
