/**
 * Acts of the crew: `[data-act][data-act-data]` buttons, `form[data-act-form]`, single keys and clickers. An act is about the
 * room, or about the exercise in `data-act-exercise`.
 *
 * An act is sent at once with the same id until the server has answered, but never kept for later: an hour later it would be wrong.
 */

import { now } from "./clock-sync.js";
import { contribute, newId } from "./protocol.js";

const TRIES = 4;
// An act that folds to nothing changes no cell, so there is nothing to wait for.
const OWN_EFFECT_MS = 2000;
const CLICKER = { PageDown: "next", PageUp: "back" };
const TYPING = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]";

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function selectorFor(key) {
  return CLICKER[key] ? `[data-act="${CLICKER[key]}"]` : `[data-key="${CSS.escape(key.toLowerCase())}"]`;
}

async function insist(room, item) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const [result] = await contribute(room, "crew", [item]);
      return result;
    } catch (problem) {
      if (!problem.isTemporary || attempt === TRIES) throw problem;
      await pause(problem.retryAfter || 500 * attempt);
    }
  }
}

export class Acts {
  /** `on` = {done(type, result), refused(detail), lost()}; `done` comes when the room shows the act's effect. */
  constructor(room, on) {
    Object.assign(this, { room, on });
    this.waiting = new Map(); // seq → done
    this.v = 0;
    this.busy = new Set(); // what is on its way, by type and data
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  clicked(event) {
    const button = event.target.closest("[data-act]");
    if (button && !button.disabled) this.act(button.dataset.act, JSON.parse(button.dataset.actData || "{}"));
  }

  submitted(event) {
    const { actForm: type, actExercise: exercise } = event.target.dataset;
    if (!type) return;
    event.preventDefault();
    const form = event.target;
    this.act(type, Object.fromEntries(new FormData(form)), exercise).then((isDone) => isDone && exercise && form.reset());
  }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    const button = document.querySelector(selectorFor(event.key));
    if (!button) return;
    event.preventDefault();
    button.click();
  }

  /** One press, one act: the same thing is not sent again until the room shows it. True when it was taken. */
  async act(type, data, exercise = "stage") {
    const name = JSON.stringify([type, data]);
    if (this.busy.has(name)) return false;
    this.setBusy(name, true);
    try {
      const item = { id: newId(), exercise, type, data, made_at: now() };
      const result = await insist(this.room, item);
      if (result.status === "refused") this.on.refused(result.detail || "");
      else if (exercise === "stage") await this.effect(type, data, result);
      return result.status !== "refused";
    } catch {
      this.on.lost();
      return false;
    } finally {
      this.setBusy(name, false);
    }
  }

  async effect(type, data, result) {
    const shown = new Promise((resolve) => this.waiting.set(result.seq, resolve));
    if (this.v >= result.seq) this.seen(this.v);
    await Promise.race([shown, pause(OWN_EFFECT_MS)]);
    this.waiting.delete(result.seq);
    this.on.done(type, data, result);
  }

  /** The room shows version `v`. */
  seen(v) {
    this.v = Math.max(this.v, v);
    for (const [seq, resolve] of this.waiting) if (seq <= this.v) resolve();
  }

  setBusy(name, isBusy) {
    if (isBusy) this.busy.add(name);
    else this.busy.delete(name);
    this.mark();
  }

  /** Also after a cell has changed: buttons on their way say so, and keep the focus they have. */
  mark() {
    for (const button of document.querySelectorAll("[data-act]")) {
      const name = JSON.stringify([button.dataset.act, JSON.parse(button.dataset.actData || "{}")]);
      if (this.busy.has(name)) button.setAttribute("aria-busy", "true");
      else if (button.hasAttribute("aria-busy")) button.removeAttribute("aria-busy");
    }
  }
}
