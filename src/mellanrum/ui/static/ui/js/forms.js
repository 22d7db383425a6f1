/** Forms of exercises: what is touched is sent, what is written is kept as a draft first, what is one's own is put back. */

import { contributionOf, fill, isComplete, isText, parseName } from "./fields.js";
import { newId } from "./protocol.js";
import { ahead } from "./store.js";

const REST_MS = 3000;
const IDLE_MS = 30_000;

// What is for the whole room goes when its author says so; private notes have no name, stay among the drafts and go nowhere.
const isPressed = (field) => "onPress" in field.dataset;
const isPrivate = (field) => "private" in field.dataset;
const isKept = (field) => isPressed(field) || isPrivate(field);
const nameOf = (field) => field.name || field.id;

/** Its last page, which asks nothing, is the one that shows: whoever came there has finished, whatever they left out. */
export function isFinished(root) {
  return root.querySelector("[data-step-end]:not([hidden])");
}

export class Forms {
  /** `add({id, exercise, type, data, field, anonymous, onBehalf})` queues · `waiting()` gives the room's rows of the queue. */
  constructor({ room, store, add, waiting, onTyping, onWords }) {
    Object.assign(this, { room, store, add, waiting, onTyping, onWords });
    this.mine = []; // what the server has of mine
    this.sentSince = []; // {item, field, at}: not in the list of the server yet
    this.drafts = new Map();
    this.resting = new Map(); // text field → timer
    this.touched = new WeakMap();
    this.sent = new WeakMap();
    for (const name of ["input", "change", "focusin", "focusout", "pointerdown", "submit"]) document.addEventListener(name, this);
    addEventListener("pagehide", () => this.sendAll());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.sendAll());
  }

  async load() {
    for (const draft of [...(await this.store.all("drafts")), ...ahead.all("draft")]) if (draft.room === this.room) this.drafts.set(draft.key, draft);
  }

  handleEvent(event) {
    const form = event.target.closest?.("form[data-exercise]");
    if (!form) return;
    if (event.type === "submit") return this.submitted(event);
    if (event.type !== "focusout") this.touched.set(form, performance.now());
    const field = event.target;
    if (event.type === "input" && isPrivate(field)) this.typed(field);
    if (!field.name || !parseName(field.name)) return;
    if (event.type === "input" && isText(field)) this.typed(field);
    if (event.type === "change" && !isText(field)) this.send(field);
    if ((event.type === "focusout" || event.type === "change") && this.resting.has(field)) this.send(field);
  }

  submitted(event) {
    event.preventDefault();
    this.sendAll();
    for (const field of event.target.elements) if (isPressed(field) && this.drafts.has(this.keyOf(field))) this.send(field);
  }

  keyOf(field) {
    return [this.room, field.form.dataset.exercise, field.form.dataset.onBehalf || "", nameOf(field)].join(" ");
  }

  typed(field) {
    this.rest(field);
    const key = this.keyOf(field);
    // These words have one id, so that whoever sends them, another tab or the next page, gives them once.
    const draft = { id: newId(), key, room: this.room, exercise: field.form.dataset.exercise, name: nameOf(field), value: field.value };
    this.drafts.set(key, draft);
    if (!ahead.put("draft", key, draft)) this.store.put("drafts", draft);
    this.onTyping();
  }

  /** Text goes by itself when it has rested, unless it waits for its button. */
  rest(field) {
    if (isPressed(field)) field.form.removeAttribute("data-pressed");
    if (isKept(field)) return;
    clearTimeout(this.resting.get(field));
    this.resting.set(field, setTimeout(() => this.send(field), REST_MS));
  }

  /** Its words are in the queue, or were before. */
  undraft(key) {
    if (!this.drafts.delete(key)) return;
    ahead.drop("draft", key);
    this.store.remove("drafts", [key]);
  }

  sendAll() {
    for (const field of [...this.resting.keys()]) this.send(field);
  }

  send(field) {
    clearTimeout(this.resting.get(field));
    this.resting.delete(field);
    const { form } = field;
    if (!form) return;
    const key = this.keyOf(field);
    const { type, data } = contributionOf(field);
    if (isText(field) && this.sent.get(field) === field.value) {
      this.undraft(key);
      this.onTyping();
      return;
    }
    this.sent.set(field, field.value);
    if (isPressed(field)) form.dataset.pressed = "sent";
    const { exercise, onBehalf = null } = form.dataset;
    if (!onBehalf) this.isNewer({ exercise, type, data }, key);
    const id = this.drafts.get(key)?.id;
    this.add({ id, exercise, type, data, field: key, anonymous: "anonymous" in form.dataset, onBehalf });
    if (isText(field)) this.onWords();
    this.undraft(key); // not a moment before it was written ahead in the queue
  }

  /** The fields being written in. */
  get typing() {
    return [...this.resting.keys()].filter((field) => field.form).map((field) => this.keyOf(field));
  }

  isWaiting(form) {
    const { exercise } = form.dataset;
    return [...this.resting.keys()].some((field) => field.form === form) || this.waiting().some((row) => row.exercise === exercise);
  }

  /**
   * Being filled: something is on its way, or touched and not finished or both complete and at rest.
   * `data-follows` is one quick choice; whoever pressed the button has finished, unless they write on.
   */
  isBusy(form) {
    if (this.isWaiting(form)) return true;
    if ("follows" in form.dataset || isFinished(form)) return false;
    if (form.dataset.pressed && !isText(document.activeElement)) return false;
    const touched = this.touched.get(form);
    if (touched === undefined) return form.contains(document.activeElement);
    return performance.now() - touched < IDLE_MS || !isComplete(form);
  }

  get isAnyBusy() {
    return [...document.forms].some((form) => form.dataset.exercise && this.isBusy(form));
  }

  /** `mine` as the server told it; what was stored after `askedAt` is newer. */
  own(mine, askedAt) {
    this.mine = mine;
    this.sentSince = this.sentSince.filter(({ at }) => at > askedAt);
    this.apply(document);
  }

  /** Sent or stored just now. */
  isNewer(item, field) {
    this.sentSince.push({ item, field, at: performance.now() });
  }

  /** Put own answers into the forms in `root`: the server's, then what waits, then drafts. Typing is left alone. */
  apply(root) {
    for (const form of root.querySelectorAll("form[data-exercise]:not([data-on-behalf])")) {
      const { exercise } = form.dataset;
      const items = [...this.mine, ...[...this.sentSince, ...this.waiting()].map(({ item }) => item)];
      for (const item of items) if (item.exercise === exercise) fill(form, item);
      for (const draft of this.drafts.values()) if (draft.exercise === exercise) this.redraft(form, draft);
    }
  }

  redraft(form, { name, value }) {
    const field = [...form.elements].find((other) => nameOf(other) === name);
    if (!field || field === document.activeElement || this.resting.has(field)) return;
    field.value = value;
    if (isKept(field)) return;
    this.touched.set(form, performance.now());
    this.rest(field);
    this.onTyping();
  }

  /** The server did not take it: show what it has instead. Words stay where they were written. */
  revert({ exercise, field: key }) {
    this.sentSince = this.sentSince.filter((sent) => sent.field !== key);
    for (const form of document.querySelectorAll("form[data-exercise]")) {
      if (form.dataset.exercise !== exercise) continue;
      for (const field of form.elements) if (field.type === "radio" && this.keyOf(field) === key) field.checked = false;
    }
    this.apply(document);
  }
}
