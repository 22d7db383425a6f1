/** The queue of changes: one at a time, again and again until answered, kept in the tab through a reload; and the mark that tells. */

import { newChange } from "./planner-keys.js";
import { clock } from "./planner-timing.js";

const FIRST_MS = 1000;
const LONGEST_MS = 15_000;
const KEPT_ALIVE = 60_000; // bytes; browsers refuse more
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);

export class Saving {
  /** A job is {kind, url, body, name}; `onAnswer(job, status, told)` gets what the server said, `told` null when it was no JSON. */
  constructor({ mark, place, zone, onAnswer }) {
    Object.assign(this, { mark, place, zone, onAnswer });
    this.jobs = this.kept();
    this.open = new Set(); // fields that were refused and wait for their person
    this.wait = FIRST_MS;
    this.isSending = false;
    this.isStopped = false;
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => this.jobs.length && event.preventDefault());
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place)) ?? [];
    } catch {
      return [];
    }
  }

  keep() {
    try {
      if (this.jobs.length) sessionStorage.setItem(this.place, JSON.stringify(this.jobs));
      else sessionStorage.removeItem(this.place);
    } catch {
      // Full or forbidden: the queue lives in this page, which asks before it is left.
    }
  }

  /** Two changes of one field in a row are one, from where the first began. */
  add(job) {
    if (this.isStopped) return; // the mark says already that nothing is saved
    const last = this.jobs.at(-1);
    const isWaiting = last && !(this.isSending && this.jobs.length === 1);
    if (job.kind === "field" && isWaiting && last.kind === "field" && last.url === job.url && last.name === job.name) {
      last.body[job.name] = job.body[job.name];
      last.change = newChange(); // it may have arrived as it was, and is another change now
    } else {
      this.jobs.push({ ...job, change: newChange() });
    }
    this.keep();
    this.draw();
    this.send();
  }

  /** The newest waiting value of a field; undefined when none waits. */
  waiting(url, name) {
    return this.jobs.findLast((job) => job.kind === "field" && job.url === url && job.name === name)?.body[name];
  }

  has(...kinds) {
    return this.jobs.some((job) => kinds.includes(job.kind));
  }

  async send() {
    if (this.isSending || this.isStopped) return;
    this.isSending = true;
    clearTimeout(this.timer);
    while (this.jobs.length && !this.isStopped) if (!(await this.one(this.jobs[0]))) break;
    this.isSending = false;
    this.draw();
  }

  /** Whether the job is done with. */
  async one(job) {
    const answer = await this.post(job);
    if (!answer || TRY_AGAIN.has(answer.status)) {
      this.timer = setTimeout(() => this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_MS);
      return false;
    }
    this.wait = FIRST_MS;
    const told = await answer.json().catch(() => null);
    this.jobs.shift();
    if (answer.ok) this.savedAt = Date.now();
    this.keep();
    this.onAnswer(job, answer.status, told);
    this.draw();
    return true;
  }

  post({ url, body, change }) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    const sent = new URLSearchParams(body);
    if (change) sent.set("change", change);
    const keepalive = sent.toString().length < KEPT_ALIVE; // also when the page is left in this moment
    return fetch(url, { method: "POST", headers, body: sent, redirect: "error", keepalive }).catch(() => null);
  }

  /** What was refused began elsewhere: what is newer of the same field begins there too. Whether there is anything newer. */
  rebase({ url, name, body }) {
    const newer = this.jobs.find((job) => job.kind === "field" && job.url === url && job.name === name);
    if (newer) newer.body.was = body.was;
    this.keep();
    return Boolean(newer);
  }

  /** Nothing more can be saved; what is written stays where it is. */
  stop() {
    this.isStopped = true;
    this.jobs = [];
    this.keep();
    this.open.add("everything");
    this.draw();
  }

  draw() {
    const { mark } = this;
    const count = this.jobs.length;
    const state = count ? "waiting" : this.open.size ? "refused" : this.savedAt ? "saved" : "";
    const { waitingOne, waitingMany, refused, saved } = mark.dataset;
    const words = { waiting: (count === 1 ? waitingOne : waitingMany).replace("{n}", count), refused, saved: saved.replace("{time}", clock(this.savedAt ?? 0, this.zone)), "": "" };
    mark.classList.toggle("waiting", state === "waiting" || state === "refused");
    if (!state && !mark.dataset.state) return; // what the server wrote there stands
    mark.dataset.state = state;
    if (mark.textContent !== words[state]) mark.textContent = words[state];
  }
}
