/** What others do with the same plan: asked for every few seconds while the page is seen, taken in where nobody is writing. */

import { newKey } from "./planner-keys.js";

const EVERY_MS = 5000;

export class Following {
  /** `follow(day)` takes in the order and the rows · `giveUp(words)` ends the planning. */
  constructor(parts) {
    Object.assign(this, parts);
    this.mark = "";
    this.told = new Map(); // key of a block that somebody removed → what was written in it
    this.timer = setInterval(() => this.ask(), EVERY_MS);
    document.addEventListener("visibilitychange", () => this.ask());
  }

  get isQuiet() {
    return !document.hidden && !this.saving.jobs.length && !this.saving.isStopped && !this.isBusy();
  }

  async ask() {
    if (!this.isQuiet || this.isAsking) return;
    this.isAsking = true;
    const key = this.parts.openKey;
    const answer = await fetch(`${this.place}/day?${new URLSearchParams({ block: key })}`, { headers: { "If-None-Match": this.mark }, cache: "no-store" }).catch(() => null);
    const told = answer?.status === 200 ? await answer.json().catch(() => null) : null;
    this.isAsking = false;
    if (!told || !this.isQuiet || key !== this.parts.openKey) return;
    this.mark = answer.headers.get("ETag") ?? "";
    await this.take(told, key);
  }

  async take({ day, details, values, is_open: isOpen }, key) {
    if (!isOpen) {
      clearInterval(this.timer);
      this.giveUp(this.words.locked);
      return;
    }
    const keys = day.rows.map((row) => row.key);
    const isOther = this.list.element && keys.join() !== this.list.keys.join();
    this.missing(keys);
    this.fields.take(`${this.place}/details`, details);
    if (values) this.fields.take(`${this.place}/blocks/${key}`, values);
    await this.follow(day);
    if (isOther) this.say(this.words.others);
  }

  /** Blocks that are gone while somebody writes in them, in their row or beside it. */
  missing(keys) {
    const urls = new Set([...this.fields.dirty].filter((field) => field.isConnected).map((field) => field.form.getAttribute("action")));
    for (const url of urls) {
      const key = this.keyOf(url);
      if (key && !keys.includes(key)) this.lost(url, {});
    }
  }

  keyOf(url) {
    const start = `${this.place}/blocks/`;
    return url.startsWith(start) ? url.slice(start.length) : "";
  }

  /** The words stay on the page, and can become a block again. */
  lost(url, body) {
    const key = this.keyOf(url);
    if (!key) return;
    const texts = { ...this.fields.bases.get(url), ...this.told.get(key), ...this.written(url) };
    for (const [name, text] of Object.entries(body)) if (name !== "was") texts[name] = text;
    const started = this.fields.bases.get(url) ?? {};
    const own = Object.keys(texts).filter((name) => texts[name] && texts[name] !== started[name]);
    this.told.set(key, texts);
    for (const field of [...this.fields.dirty]) if (field.form?.getAttribute("action") === url) this.fields.dirty.delete(field);
    this.show(key, texts, own.map((name) => texts[name]).join("\n"));
  }

  written(url) {
    const forms = [...document.querySelectorAll("form[data-saves]")].filter((form) => form.getAttribute("action") === url);
    const names = Object.keys(this.fields.bases.get(url) ?? {});
    const found = {};
    for (const form of forms) {
      for (const name of names) {
        const field = form.elements.namedItem(name);
        if (field) found[name] = field.type === "checkbox" ? (field.checked ? "1" : "") : field.value;
      }
    }
    return found;
  }

  show(key, texts, words) {
    const note = document.querySelector("template[data-lost-block]").content.firstElementChild.cloneNode(true);
    note.dataset.lostKey = key;
    note.querySelector("[data-title]").textContent = texts.title ?? "";
    note.querySelector("[data-words]").textContent = words;
    note.querySelector("[data-put-back]").addEventListener("click", () => {
      note.remove();
      this.told.delete(key);
      const { title = "", ...rest } = texts;
      this.saving.add({ kind: "add", url: `${this.place}/blocks`, body: { title, key: newKey(), texts: JSON.stringify(rest) } });
    });
    document.querySelector(`[data-lost-key="${CSS.escape(key)}"]`)?.remove();
    document.querySelector("[data-tell]").append(note);
  }
}
