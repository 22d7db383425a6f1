/**
 * Acts of the crew: `[data-act][data-act-data]` buttons, `form[data-act-form]` (keys press them: keys.js). They go to the
 * stage, or to the exercise in `data-act-exercise`; such a form is emptied when its words are stored.
 *
 * An act is sent at once with the same id until the server has answered, but never kept for later: an hour later it would be wrong.
 */

import { now } from "./clock-sync.js";
import { insist } from "./insisting.js";
import { newId } from "./protocol.js";

// An act that folds to nothing changes no cell, so there is nothing to wait for.
const OWN_EFFECT_MS = 2000;

const nameOf = (exercise = "stage", type, data) => JSON.stringify([exercise, type, data]);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Acts {
  /**
   * `on` = {done(type, data, result), refused(detail), lost(problem), asks(button)}; `done` comes when the room shows the effect of an
   * act on the stage; `asks` takes a press over that needs more than a press.
   */
  constructor(room, on) {
    Object.assign(this, { room, on });
    this.waiting = new Map(); // seq → {cell, resolve}
    this.v = new Map(); // cell → the version it shows
    this.busy = new Set(); // what is on its way, by type and data
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
  }

  clicked(event) {
    const button = event.target.closest("[data-act]");
    if (button && !button.disabled && !this.on.asks?.(button)) this.act(button.dataset.act, JSON.parse(button.dataset.actData || "{}"), button.dataset.actExercise);
  }

  async submitted(event) {
    const form = event.target;
    const { actForm: type, actExercise: exercise } = form.dataset;
    if (!type) return;
    event.preventDefault();
    const data = Object.fromEntries(new FormData(form));
    const isStored = await this.act(type, data, exercise);
    // What was written on meanwhile stays.
    const isSame = JSON.stringify(data) === JSON.stringify(Object.fromEntries(new FormData(form)));
    if (exercise && isStored && isSame) form.reset();
  }

  /** One press, one act: the same thing is not sent again until the room shows it. Gives whether it was stored. */
  async act(type, data, exercise = "stage") {
    const name = nameOf(exercise, type, data);
    if (this.busy.has(name)) return false;
    this.setBusy(name, true);
    try {
      const result = await insist(this.room, { id: newId(), exercise, type, data, made_at: now() });
      if (result.status === "refused") this.on.refused(result.detail || "");
      else await this.effect(exercise, type, data, result);
      return result.status !== "refused";
    } catch (problem) {
      this.on.lost(problem);
      return false;
    } finally {
      this.setBusy(name, false);
    }
  }

  async effect(exercise, type, data, result) {
    const cell = exercise === "stage" ? exercise : `exercise-${exercise}`;
    const shown = new Promise((resolve) => this.waiting.set(result.seq, { cell, resolve }));
    this.seen(cell, this.v.get(cell) ?? 0);
    await Promise.race([shown, pause(OWN_EFFECT_MS)]);
    this.waiting.delete(result.seq);
    if (exercise === "stage") this.on.done(type, data, result);
  }

  /** The cell shows version `v` of the room. */
  seen(cell, v) {
    this.v.set(cell, Math.max(this.v.get(cell) ?? 0, v));
    for (const [seq, waits] of this.waiting) if (waits.cell === cell && seq <= v) waits.resolve();
  }

  setBusy(name, isBusy) {
    if (isBusy) this.busy.add(name);
    else this.busy.delete(name);
    this.mark();
  }

  /** Also after a cell has changed: buttons on their way say so, and keep the focus they have; a tick that did not come through goes. */
  mark() {
    for (const button of document.querySelectorAll("[data-act]")) {
      const name = nameOf(button.dataset.actExercise, button.dataset.act, JSON.parse(button.dataset.actData || "{}"));
      if (this.busy.has(name)) button.setAttribute("aria-busy", "true");
      else {
        if (button.hasAttribute("aria-busy")) button.removeAttribute("aria-busy");
        if (button.type === "checkbox") button.checked = button.defaultChecked;
      }
    }
  }
}
