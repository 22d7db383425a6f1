/** Moving a row: by drag, or from its handle with Space, arrows, Enter and Esc. The place where it will drop is lit. */

const SLIP = 4; // pixels a finger may move before it is a drag
const EDGE = 56;
const STEP = 12;

export class Reorder {
  /** `onMove(key, {before, after})` hears of a row that was dropped somewhere else · `say(words)` is read aloud. */
  constructor({ list, words, say, onMove }) {
    Object.assign(this, { list, words, say, onMove });
    this.lifted = null;
    document.addEventListener("pointerdown", (event) => this.grab(event));
    document.addEventListener("pointermove", (event) => this.drag(event));
    document.addEventListener("pointerup", () => this.release());
    document.addEventListener("pointercancel", () => this.back());
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keyup", (event) => event.key === " " && event.target.matches?.("[data-lift]") && event.preventDefault());
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("focusout", (event) => this.left(event));
  }

  get isLifted() {
    return this.lifted !== null;
  }

  lift(slot) {
    this.lifted = slot;
    this.home = slot.nextElementSibling;
    slot.classList.add("lifted");
    slot.querySelector("[data-lift]").setAttribute("aria-pressed", "true");
    this.hint(slot.querySelector("[name=title]").value);
  }

  hint(title) {
    document.querySelector("[data-lifting]").hidden = !title;
    document.querySelector("#lift-how").hidden = Boolean(title);
    document.querySelector("[data-lifting-title]").textContent = title;
  }

  /** In front of `next`, or last; the handle keeps the focus that moving an element takes from it. */
  place(next) {
    const slot = this.lifted;
    if (next === slot || slot.nextElementSibling === next) return;
    const focused = document.activeElement;
    this.isMoving = true;
    slot.parentElement.insertBefore(slot, next);
    if (slot.contains(focused)) focused.focus({ preventScroll: true });
    this.isMoving = false;
    this.list.retime();
  }

  let() {
    const slot = this.lifted;
    this.lifted = this.held = null;
    slot.classList.remove("lifted");
    slot.querySelector("[data-lift]").removeAttribute("aria-pressed");
    document.documentElement.classList.remove("dragging");
    this.hint("");
    return slot;
  }

  drop() {
    const isMoved = this.lifted.nextElementSibling !== this.home;
    const slot = this.let();
    this.say(this.list.tell(slot, this.words.dropped));
    if (!isMoved) return;
    const [before, after] = [slot.nextElementSibling, slot.previousElementSibling].map((other) => other?.dataset.row ?? "");
    this.onMove(slot.dataset.row, { before, after });
  }

  back() {
    if (!this.isLifted) return;
    this.place(this.home);
    const slot = this.let();
    this.say(this.list.tell(slot, this.words.returned));
  }

  key(event) {
    const handle = event.target.closest?.("[data-lift]");
    if (event.key === "Escape" && this.isLifted) return this.handled(event, () => this.back());
    if (!handle) return undefined;
    const slot = handle.closest("[data-row]");
    if (event.key === " ") return this.handled(event, () => this.toggle(slot));
    if (slot !== this.lifted) return undefined;
    const steps = {
      Enter: () => this.drop(),
      ArrowUp: () => slot.previousElementSibling && this.step(slot.previousElementSibling),
      ArrowDown: () => slot.nextElementSibling && this.step(slot.nextElementSibling.nextElementSibling),
      Home: () => this.step(slot.parentElement.firstElementChild),
      End: () => this.step(null),
    };
    return steps[event.key] && this.handled(event, steps[event.key]);
  }

  handled(event, step) {
    event.preventDefault();
    step();
  }

  toggle(slot) {
    if (slot === this.lifted) return this.drop();
    this.back();
    this.lift(slot);
    return this.say(this.list.tell(slot, this.words.lifted));
  }

  step(next) {
    this.place(next);
    this.lifted.scrollIntoView({ block: "nearest" });
    this.say(this.list.tell(this.lifted, this.words.moved));
  }

  /** A press that is neither a drag nor a key, as screen readers give it. */
  click(event) {
    const handle = event.target.closest?.("[data-lift]");
    if (handle && event.detail === 0) this.toggle(handle.closest("[data-row]"));
  }

  left(event) {
    if (this.isLifted && !this.isMoving && !this.held && this.lifted.contains(event.target)) this.back();
  }

  grab(event) {
    const handle = event.target.closest?.("[data-lift]");
    if (!handle || event.button !== 0) return;
    this.back();
    this.held = { slot: handle.closest("[data-row]"), from: event.clientY };
    handle.focus({ preventScroll: true });
    event.preventDefault(); // no selecting of text on the way
  }

  drag(event) {
    if (!this.held) return;
    if (!this.isLifted) {
      if (Math.abs(event.clientY - this.held.from) < SLIP) return;
      this.lift(this.held.slot);
      document.documentElement.classList.add("dragging");
    }
    this.follow(event.clientY);
    this.scroll(event.clientY);
  }

  /** Past the middle of a neighbour is past the neighbour. */
  follow(y) {
    const middle = (slot) => slot.getBoundingClientRect().top + slot.offsetHeight / 2;
    const { lifted } = this;
    while (lifted.nextElementSibling && y > middle(lifted.nextElementSibling)) this.place(lifted.nextElementSibling.nextElementSibling);
    while (lifted.previousElementSibling && y < middle(lifted.previousElementSibling)) this.place(lifted.previousElementSibling);
  }

  scroll(y) {
    const { element } = this.list;
    const isOwn = element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY === "auto";
    const { top, bottom } = isOwn ? element.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const by = y < top + EDGE ? -STEP : y > bottom - EDGE ? STEP : 0;
    if (by) (isOwn ? element : document.scrollingElement).scrollBy(0, by);
  }

  release() {
    if (this.isLifted && this.held) this.drop();
    this.held = null;
  }
}
