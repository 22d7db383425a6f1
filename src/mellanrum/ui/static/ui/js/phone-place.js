/** A person's place in a room, once the door is open: cells, forms, queue and notices together. */

import { Forms, isFinished } from "./forms.js";
import { offerLink } from "./moving.js";
import * as notices from "./notices.js";
import { Outbox } from "./outbox.js";
import { Own } from "./own.js";
import { parse } from "./patch.js";
import { showRefused, showResting } from "./refused.js";
import { openRoom } from "./room.js";
import { arrive } from "./said.js";

const AUDIENCE = "phone";
const LOOK_MS = 5000;
const ARRIVED_MS = 15_000;

const stageOf = (tree) => tree.querySelector("[data-stage]")?.dataset.stage;

export class Place {
  constructor(room, store, rejoin) {
    Object.assign(this, { room, store });
    this.outbox = new Outbox(store, {
      onChange: () => this.count(),
      onResult: (row, result) => row.room === room && this.answered(row, result),
      onDenied: (denied) => denied === room && rejoin(),
    });
    const add = (item) => this.outbox.add({ room, audience: AUDIENCE, ...item });
    this.forms = new Forms({ room, store, add, waiting: () => this.waiting(), onTyping: () => this.count(), onWords: () => this.page.connection.listen() });
    const take = (mine, askedAt, hidden) => {
      this.forms.own(mine, askedAt);
      showResting(store, room, hidden);
    };
    this.own = new Own(room, AUDIENCE, { take, denied: rejoin });
    this.page = openRoom(room, AUDIENCE, {
      isBusy: (form) => this.forms.isBusy(form),
      mustWait: (cell, before, after) => cell === "stage" && stageOf(before) !== stageOf(after) && this.forms.isAnyBusy,
      isQuiet: () => !this.forms.isAnyBusy && !this.waiting().length,
      placed: (mount, cell) => this.placed(mount, cell),
      hello: () => this.outbox.flush({ isSure: true }),
      cell: ({ cell, v }) => cell === "personal" && this.own.hear(v),
      own: (data, askedAt) => this.own.heard(data, askedAt),
      held: () => this.offerMove(),
      free: () => notices.hide("moved"),
      lost: () => notices.show("lost"),
      back: (arrived) => this.back(arrived),
      denied: rejoin,
    });
    addEventListener("online", () => this.outbox.flush({ isSure: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.outbox.part();
      this.outbox.flush({ isSure: true });
    });
    setInterval(() => this.follow(), LOOK_MS);
    this.start();
  }

  async start() {
    await Promise.all([this.outbox.begin(), this.forms.load()]);
    await this.page.stream.ask();
    showRefused(this.store, this.room);
    this.outbox.flush({ isSure: true });
  }

  /** Joined once more, with a new ticket or after being away. */
  again() {
    this.page.stream.ask();
    this.outbox.flush({ isSure: true });
  }

  waiting() {
    return this.outbox.rows.filter((row) => row.room === this.room);
  }

  /** Answers, not requests: a field counts once, also while it is being written in. */
  count() {
    const fields = new Set([...this.waiting().map((row) => row.field), ...this.forms.typing]);
    this.page?.connection.setWaiting(fields.size);
    this.onCount?.();
    if (fields.size && !this.store.isLasting && !notices.isShown("storage")) notices.show("storage");
  }

  placed(mount, cell) {
    this.forms.apply(mount);
    const part = mount.querySelector("[data-module]"); // what only some phones need
    if (part) import(part.dataset.module).then(({ begin }) => begin(this));
    const stage = cell === "stage" && mount.querySelector("[data-stage]");
    if (!stage) return;
    offerLink({ stage: stage.dataset.stage });
    const here = document.querySelector("[data-place-here]");
    if (here && stage.dataset.place) here.textContent = stage.dataset.place;
    if (stage.dataset.pageTitle) document.title = stage.dataset.pageTitle;
    notices.renew("moved", this.now);
  }

  /** Where the room is, also when its stage waits here. */
  get now() {
    const waiting = this.page.cells.held.get("stage");
    const stage = (waiting ? parse(waiting) : document).querySelector("[data-stage]");
    return { text: stage?.dataset.now || stage?.dataset.pageTitle };
  }

  answered(row, result) {
    if (result.late) notices.show("late");
    if (result.status !== "refused") return this.forms.isNewer(row.item, row.field);
    this.forms.revert(row);
    return showRefused(this.store, this.room);
  }

  /** The room went on while someone writes: say so, and leave the choice to them. At every step further the words follow. */
  offerMove() {
    if (notices.renew("moved", this.now)) return;
    this.isStaying = false;
    notices.show("moved", this.now, {
      go: () => this.go(),
      stay: (notice, button) => {
        this.isStaying = true;
        button.remove(); // the question goes, the way on stays
        return false;
      },
    });
  }

  go() {
    this.page.cells.release();
    arrive();
    scrollTo(0, 0);
  }

  /** Who is done and at rest comes along by itself, and so does who wanted to finish first and has. */
  follow() {
    if (this.page.cells.held.size && (!this.isStaying || isFinished(document)) && !this.forms.isAnyBusy) this.page.cells.release();
  }

  back(arrived) {
    notices.hide("lost");
    if (!arrived) return;
    notices.show("arrived", { n: arrived });
    clearTimeout(this.arrivedTimer);
    this.arrivedTimer = setTimeout(() => notices.hide("arrived"), ARRIVED_MS);
  }
}
