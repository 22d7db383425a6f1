/**
 * Puts cells into their mounts and never touches a form that someone is filling: what would, waits until they go on.
 *
 * Mounts are `[data-cell="name"]`; a cell without one gets a section of its own in the `[data-cells="prefix"]` it belongs to.
 */

import { changes, parse } from "./patch.js";
import { arrive } from "./said.js";
import { still } from "./still.js";

function containerFor(cell) {
  return [...document.querySelectorAll("[data-cells]")].find((element) => cell.startsWith(element.dataset.cells));
}

function touches({ node, isDeep }, form) {
  return form.contains(node) || (isDeep && node.contains(form));
}

/** How to find the same control again after its part of the page was replaced. */
function nameOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const keys = ["name", "value", "data-act", "data-act-data"].filter((key) => element.hasAttribute(key));
  return keys.map((key) => `[${key}="${CSS.escape(element.getAttribute(key))}"]`).join("");
}

export class Cells {
  /**
   * `isBusy(form)` · `mustWait(cell, before, after)` for other reasons to wait · `onPlaced(mount, cell)` after a change ·
   * `onHeld(cell)` when one has to wait · `onFree()` when none waits any more.
   */
  constructor({ isBusy, mustWait = () => false, onPlaced = () => {}, onHeld = () => {}, onFree = () => {} }) {
    Object.assign(this, { isBusy, mustWait, onPlaced, onHeld, onFree });
    this.shown = new Map(); // cell → html in its mount
    this.held = new Map(); // cell → html that waits
    this.newest = new Map(); // cell → v
  }

  take(list) {
    for (const { cell, v, html } of list) {
      if (v < this.newest.get(cell)) continue;
      this.newest.set(cell, v);
      this.offer(cell, html || "");
    }
  }

  /** The cells there are; those no longer among them are emptied. */
  all(names) {
    for (const cell of new Set([...this.shown.keys(), ...this.held.keys()])) if (!names.includes(cell)) this.offer(cell, "");
  }

  /** After a restore the server may count from an earlier version. */
  forgetVersions() {
    this.newest.clear();
  }

  offer(cell, html) {
    if (this.shown.get(cell) === html) this.unhold(cell);
    else if ((this.held.size && !this.mount(cell)) || !this.place(cell, html)) this.hold(cell, html);
    else this.unhold(cell);
  }

  hold(cell, html) {
    if (this.held.get(cell) === html) return;
    this.held.set(cell, html);
    this.onHeld(cell);
  }

  unhold(cell) {
    if (!this.held.delete(cell)) return;
    // What waited only for that form (the next exercise) has nothing to wait for now.
    const rest = [...this.held];
    this.held.clear();
    for (const [name, html] of rest) this.offer(name, html);
    if (!this.held.size) this.onFree();
  }

  /** The person goes where the room is. */
  release() {
    const waiting = [...this.held];
    this.held.clear();
    for (const [cell, html] of waiting) this.place(cell, html, true);
    this.onFree();
  }

  mount(cell) {
    return document.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
  }

  make(cell) {
    const container = containerFor(cell);
    if (!container) return null;
    const mount = document.createElement("section");
    mount.dataset.cell = mount.id = cell;
    mount.dataset.made = "";
    container.append(mount);
    return mount;
  }

  /** False when someone is filling a form that would change. */
  place(cell, html, isForced = false) {
    const mount = this.mount(cell) ?? (html ? this.make(cell) : null);
    if (!mount) return true;
    const before = this.shown.has(cell) ? parse(this.shown.get(cell)) : mount.cloneNode(true);
    const after = parse(html);
    const steps = changes(mount, before, after);
    const busy = isForced ? [] : [...mount.querySelectorAll("form[data-exercise]")].filter(this.isBusy);
    if (steps.some((step) => busy.some((form) => touches(step, form)))) return false;
    if (!isForced && this.mustWait(cell, before, after)) return false;
    this.apply(mount, steps);
    this.shown.set(cell, html);
    if (!html && "made" in mount.dataset) this.drop(cell, mount);
    else if (steps.length) this.onPlaced(mount, cell);
    return true;
  }

  drop(cell, mount) {
    mount.remove();
    this.shown.delete(cell);
  }

  apply(mount, steps) {
    const focused = mount.contains(document.activeElement) ? document.activeElement : null;
    const name = focused && nameOf(focused);
    still(() => {
      for (const step of steps) step.apply();
    });
    if (!focused || focused.isConnected) return;
    const same = name && mount.querySelector(name);
    if (same) same.focus({ preventScroll: true });
    else arrive();
  }
}
