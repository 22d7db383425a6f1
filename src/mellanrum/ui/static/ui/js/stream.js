/** One stream per document: reopened by ourselves, closed while hidden, replaced by polling where streams do not get through. */

import { heard } from "./clock-sync.js";
import { Problem, eventsUrl, state } from "./protocol.js";

const HELLO_MS = 4000;
const HIDDEN_MS = 30_000;
const STALE_MS = 10_000;
const POLL_MS = 4000;
const STREAM_AGAIN_MS = 120_000;

const between = (low, high) => low + Math.random() * (high - low);

/** `on` = {hello(data), all(names), cells([{cell, v, html}]), own(state, askedAt), contact(), denied()}; `all` says which there are. */
export class Stream {
  constructor(room, audience, on) {
    Object.assign(this, { room, audience, on });
    this.source = null;
    this.silent = 0; // streams that opened without a hello, in a row
    this.failures = 0;
    this.lastBeat = -Infinity;
    this.openedAt = -Infinity;
    this.etag = null;
    this.timers = {};
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", () => this.wake());
    addEventListener("online", () => this.wake());
    document.addEventListener("visibilitychange", () => this.seen());
    if (document.visibilityState === "hidden") this.seen();
  }

  seen() {
    if (document.visibilityState === "visible") this.wake();
    else this.after("hidden", HIDDEN_MS, () => this.stop());
  }

  /** There may be contact, and someone looks: be right at once. */
  wake() {
    clearTimeout(this.timers.hidden);
    const isFresh = performance.now() - Math.max(this.lastBeat, this.openedAt) < STALE_MS;
    if (this.source && isFresh) return;
    if (this.isPolling) this.startPolling();
    else this.open();
  }

  stop() {
    this.close();
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
  }

  close() {
    this.source?.close();
    this.source = null;
    clearTimeout(this.timers.hello);
  }

  after(name, milliseconds, work) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(work, milliseconds);
  }

  open() {
    this.close();
    clearTimeout(this.timers.open);
    const source = new EventSource(eventsUrl(this.room, this.audience));
    this.source = source;
    this.openedAt = performance.now();
    this.after("hello", HELLO_MS, () => this.heardNothing());
    const listen = (name, work) => source.addEventListener(name, (event) => work(JSON.parse(event.data)));
    listen("hello", (data) => this.hello(data));
    listen("cell", (data) => this.cell(data));
    listen("beat", (data) => {
      this.beat(data);
      this.allHeard();
    });
    listen("bye", (data) => this.bye(data));
    source.onerror = () => this.failed(source.readyState === EventSource.CLOSED);
  }

  hello(data) {
    clearTimeout(this.timers.hello);
    clearTimeout(this.timers.poll);
    clearTimeout(this.timers.again);
    this.silent = this.failures = 0;
    this.isPolling = false;
    this.beat(data);
    this.current = new Set();
    this.on.hello(data);
  }

  cell(data) {
    this.lastBeat = performance.now();
    this.current?.add(data.cell);
    this.on.contact();
    this.on.cells([data]);
  }

  beat(data) {
    heard(data.now);
    this.lastBeat = performance.now();
    this.on.contact();
  }

  /** All current cells come right after the hello, so at the next beat what was not among them is gone. */
  allHeard() {
    if (this.current) this.on.all([...this.current]);
    this.current = null;
  }

  /** `elsewhere`: too many tabs of one person; this one asks now and then instead. */
  bye({ reason, retry }) {
    this.close();
    if (reason === "elsewhere") this.startPolling();
    else if (reason === "revoked") this.ask();
    else this.after("open", Number(retry) || between(1000, 5000), () => this.open());
  }

  heardNothing() {
    this.silent += 1;
    if (this.silent < 2) this.open();
    else this.startPolling();
  }

  /** EventSource gives up for ever on an HTTP error, so every reconnect is ours: spread over 10 s for a hall, 2 s for its crew. */
  failed(wasRefused) {
    this.close();
    if (this.isPolling) return;
    this.failures += 1;
    const spread = this.audience === "crew" ? 2000 : 10_000;
    const wait = between(1000, Math.min(30_000, spread * 1.5 ** (this.failures - 1)));
    this.after("open", wait, () => (wasRefused ? this.ask() : this.open()));
  }

  /** The stream was refused without a reason a page can read: the state says it (401, 410, 503), and may be right already. */
  async ask() {
    const problem = await this.fetchState();
    if (problem?.retryAfter) this.after("open", problem.retryAfter, () => this.open());
    else this.open();
  }

  startPolling() {
    this.close();
    this.isPolling = true;
    this.after("again", STREAM_AGAIN_MS, () => this.tryAgain());
    this.poll();
  }

  tryAgain() {
    this.after("again", STREAM_AGAIN_MS, () => this.tryAgain());
    this.open();
  }

  async poll() {
    const problem = await this.fetchState();
    if (!this.isPolling) return;
    this.after("poll", problem?.retryAfter || between(POLL_MS - 1000, POLL_MS + 1000), () => this.poll());
    const isBack = this.missed && !problem;
    this.missed = Boolean(problem);
    if (isBack) this.tryAgain();
  }

  async fetchState() {
    const askedAt = performance.now();
    try {
      const answer = await state(this.room, { as: "html", audience: this.audience }, this.etag);
      if (!answer.unchanged) this.take(answer, askedAt);
      this.on.contact();
      return null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) this.on.denied();
      return error;
    }
  }

  take({ data, etag }, askedAt) {
    this.etag = etag;
    heard(data.now);
    this.on.own(data, askedAt);
    this.on.all(Object.keys(data.cells));
    this.on.cells(Object.entries(data.cells).map(([cell, html]) => ({ cell, v: data.version, html })));
  }
}
