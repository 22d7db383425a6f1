/** The queue of what people have sent: kept until the server says it is kept there, exactly once, in order. */

import { firstBatch, lanes } from "./batches.js";
import { Problem, contribute, newId } from "./protocol.js";
import { now } from "./clock-sync.js";
import { ahead } from "./store.js";

const LONGEST_REST_MS = 30_000;
// The words of the protocol that mean "the same thing may work in a moment".
const TRY_AGAIN = new Set(["too_fast"]);

/** What was given and does not lie among `rows` yet, in order. The same id is the same thing, however often it is sent. */
function aheadOf(rows) {
  const known = new Set(rows.map((row) => row.item.id));
  return ahead.all("outbox").filter((row) => !known.has(row.item.id)).sort((one, other) => one.at - other.at);
}

/**
 * `onChange(rows)` after every change of the queue, `onResult(row, result)` for each that left it, `onDenied(room)` on 401.
 * A row is {n, at, room, audience, exercise, field, anonymous, sent, item}; `field` names the place on screen it came from.
 */
export class Outbox {
  constructor(store, { onChange, onResult, onDenied }) {
    Object.assign(this, { store, onChange, onResult, onDenied });
    this.rows = [];
    this.lying = [];
    this.rests = new Map(); // room → {until, asked, failures}: trouble in one holds up no other
    this.running = null;
    this.timer = 0;
  }

  /** An earlier page may have been left before what it was given lay in the store. */
  async begin() {
    const given = ahead.all("outbox");
    await this.store.change("outbox", (all) => ({ put: aheadOf(all) }));
    for (const row of given) ahead.drop("outbox", row.item.id);
    return this.load();
  }

  async load() {
    this.lying = await this.store.all("outbox");
    this.tell();
  }

  tell() {
    this.rows = [...this.lying, ...aheadOf(this.lying)];
    this.onChange(this.rows);
  }

  async add({ id = newId(), room, audience, exercise, type, data, field, anonymous = false, onBehalf = null }) {
    const item = { id, exercise, type, data };
    // An anonymous answer carries no time: the exercise is all that is kept of when.
    if (!anonymous) item.made_at = now();
    if (onBehalf) item.on_behalf = onBehalf;
    const row = { at: Date.now(), room, audience, exercise, field, anonymous, sent: false, item };
    ahead.put("outbox", id, row); // before anything is awaited: the page may be gone in the next moment
    this.tell(); // waiting from the first moment: never says saved before it is
    await this.store.put("outbox", row);
    await this.dropReplaced(room, field);
    await this.load();
    ahead.drop("outbox", id);
    this.flush();
    return item;
  }

  /** The latest value of a field is enough, unless an earlier one may already be on its way: then both go, in order. */
  dropReplaced(room, field) {
    if (!field) return undefined;
    return this.store.change("outbox", (all) => {
      const same = all.filter((row) => row.room === room && row.field === field);
      return { remove: same.slice(0, -1).filter((row) => !row.sent).map((row) => row.n) };
    });
  }

  /** The page may be gone before the disk is heard of: what waits goes now as well, in order; the next page asks what came of it. */
  part() {
    for (const lane of lanes(this.rows)) {
      const batch = firstBatch(lane);
      const { room, audience } = batch[0];
      if (this.mayTry(room)) contribute(room, audience, batch.map((row) => row.item)).catch(() => {});
    }
  }

  /** Send what waits. `isSure`: there is contact again, so no room rests longer than the server asked for. */
  flush({ isSure = false } = {}) {
    if (isSure) for (const [room, rest] of this.rests) if (!rest.asked) this.rests.delete(room);
    this.isWanted = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
      this.schedule();
    });
    return this.running;
  }

  async run() {
    while (this.isWanted) {
      this.isWanted = false;
      for (const lane of lanes(await this.store.all("outbox"))) await this.sendLane(lane);
      await this.load();
    }
  }

  schedule() {
    clearTimeout(this.timer);
    if (!this.rows.length) return;
    const next = Math.min(...this.rows.map((row) => this.rests.get(row.room)?.until ?? 0));
    this.timer = setTimeout(() => this.flush(), Math.max(200, next - Date.now()));
  }

  mayTry(room) {
    return Date.now() >= (this.rests.get(room)?.until ?? 0);
  }

  async sendLane(rows) {
    let left = rows;
    while (left.length && this.mayTry(left[0].room)) {
      const batch = firstBatch(left);
      left = left.slice(batch.length);
      await this.send(batch);
    }
  }

  async send(batch) {
    const claimed = await this.claim(batch);
    if (!claimed.length) return;
    const { room, audience } = claimed[0];
    try {
      const results = await contribute(room, audience, claimed.map((row) => row.item));
      this.rests.delete(room);
      await this.settle(claimed, results);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.cope(claimed, error);
    }
  }

  /** Mark as sent before sending: from then on a newer value does not replace it. Another tab may have emptied the queue. */
  async claim(batch) {
    let claimed = [];
    await this.store.change("outbox", (all) => {
      const wanted = new Set(batch.map((row) => row.n));
      claimed = all.filter((row) => wanted.has(row.n)).map((row) => ({ ...row, sent: true }));
      return { put: claimed };
    });
    return claimed;
  }

  async settle(rows, results) {
    const byId = new Map(results.map((result) => [result.id, result]));
    const leaving = [];
    for (const row of rows) {
      const result = byId.get(row.item.id);
      if (!result || (result.status === "refused" && TRY_AGAIN.has(result.reason))) this.rest(row.room, 2000, true);
      else leaving.push([row, result]);
    }
    await this.keepRefused(leaving.filter(([, result]) => result.status === "refused"));
    await this.store.remove("outbox", leaving.map(([row]) => row.n));
    await this.load();
    for (const [row, result] of leaving) {
      ahead.drop("outbox", row.item.id); // another tab may have been closed before it could
      this.onResult(row, result);
    }
  }

  /** No word is lost: what the server cannot take stays here until its author has put it away. */
  async keepRefused(pairs) {
    for (const [row, result] of pairs) {
      const { id, type, data } = row.item;
      const { room, exercise, field } = row;
      await this.store.put("refused", { id, room, exercise, field, type, data, reason: result.reason, detail: result.detail || "" });
    }
  }

  async cope(rows, problem) {
    const { room } = rows[0];
    if (problem.status === 401) {
      this.rest(room, 3000);
      this.onDenied(room);
    } else if (problem.isTemporary || problem.status === 409) {
      this.backOff(room, problem.retryAfter);
    } else if (rows.length > 1) {
      // One of them is the trouble: halve until it stands alone.
      const middle = Math.ceil(rows.length / 2);
      await this.send(rows.slice(0, middle));
      await this.send(rows.slice(middle));
    } else {
      await this.settle(rows, [{ id: rows[0].item.id, status: "refused", reason: problem.slug, detail: problem.message }]);
    }
  }

  backOff(room, asked) {
    const failures = (this.rests.get(room)?.failures ?? 0) + 1;
    const step = Math.min(LONGEST_REST_MS, 1000 * 2 ** (failures - 1));
    this.rest(room, asked || step * (0.5 + Math.random() / 2), asked > 0, failures);
  }

  rest(room, milliseconds, asked = false, failures = 0) {
    this.rests.set(room, { until: Date.now() + milliseconds, asked, failures });
  }
}
