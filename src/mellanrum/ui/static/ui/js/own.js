/** The person's own part: the shared cell `personal` only says that something is new, each asks for theirs within a second. */

import { Problem, state } from "./protocol.js";

export class Own {
  /** `take(mine, askedAt, hidden)` · `denied()` on 401. */
  constructor(room, audience, { take, denied }) {
    Object.assign(this, { room, audience, take, denied });
    this.timer = 0;
    this.version = -1;
  }

  /** The cell says `v`; what came with a state of that version is right already. */
  hear(v) {
    if (v > this.version) this.soon();
  }

  /** A state, whole or the own part of it, asked for at `askedAt`. */
  heard({ version, mine = [], hidden = [] }, askedAt) {
    if (version < this.version) return;
    this.version = version;
    this.take(mine, askedAt, hidden);
  }

  /** Soon, at a random moment: a whole room hears the same cell at once. */
  soon(most = 1000) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), Math.random() * most);
  }

  async ask() {
    const askedAt = performance.now();
    try {
      const { data } = await state(this.room, { part: "own", audience: this.audience });
      this.heard(data, askedAt);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 401) this.denied();
      else if (error.isTemporary) this.soon(Math.max(error.retryAfter, 8000));
    }
  }
}
