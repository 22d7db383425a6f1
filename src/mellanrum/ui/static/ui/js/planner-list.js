/** The rows on the page: their order, their times, the bar of the day. */

import { clock, sharesOf, timesOf } from "./planner-timing.js";

const KINDS = ["listen", "alone", "table", "all"];

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
    return this.slots.map(({ dataset }) => ({ key: dataset.row, length: Number(dataset.length), kind: dataset.kind, phones: "phones" in dataset }));
  }

  /** Draw times, sum and bar; from `rows` where the page shows only some of them. */
  retime(rows = this.rows) {
    if (!this.element || (rows.length !== this.slots.length && this.isWhole)) return;
    const times = timesOf(rows.map((row) => row.length), this.start);
    rows.forEach((row, place) => this.slot(row.key)?.querySelector("[data-start]").replaceChildren(this.begins(times[place])));
    this.drawSum(rows, times);
    this.drawShares(sharesOf(rows, KINDS));
  }

  begins({ from, offset }) {
    return from === null ? `+${offset}` : clock(from, this.zone);
  }

  drawSum(rows, times) {
    const all = rows.reduce((sum, row) => sum + row.length, 0);
    const phones = rows.filter((row) => row.phones).reduce((sum, row) => sum + row.length, 0);
    const total = document.querySelector("[data-total]");
    total.textContent = (phones ? total.dataset.phones : total.dataset.away).replace("{all}", all).replace("{n}", phones);
    const end = times.at(-1)?.to ?? this.start;
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
    const { from, to, offset } = timesOf(this.rows.map((row) => row.length), this.start)[place];
    const times = from === null ? `+${offset}` : this.words.between.replace("{from}", clock(from, this.zone)).replace("{to}", clock(to, this.zone));
    const title = slot.querySelector("[name=title]").value;
    return sentence.replace("{title}", title).replace("{n}", place + 1).replace("{all}", this.slots.length).replace("{times}", times);
  }

  /** What a field of the row means for the day, at once. */
  feel(slot, name, value, length) {
    if (name === "minutes" && length !== null) slot.dataset.length = length;
    if (name === "away") slot.toggleAttribute("data-phones", !value);
    if (name === "kind") {
      const { kind } = slot.dataset;
      slot.dataset.kind = value;
      slot.firstElementChild.classList.replace(`k-${kind}`, `k-${value}`);
    }
    if (name === "material") slot.querySelector("[data-material] bdi").textContent = value.split("\n").map((line) => line.trim()).filter(Boolean).join(", ");
    if (name === "icon") {
      const use = slot.querySelector(".o use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${value}`));
    }
    if (name === "title") this.name(slot, value);
    if (["minutes", "away", "kind"].includes(name) && this.isWhole) this.retime();
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
      slot.firstElementChild.classList.toggle("sel", isThis);
      if (isThis) slot.querySelector("[data-open]").setAttribute("aria-current", "true");
      else slot.querySelector("[data-open]").removeAttribute("aria-current");
    }
    const after = document.querySelector("[data-add] [name=after]");
    if (after) after.value = key ?? "";
  }
}
