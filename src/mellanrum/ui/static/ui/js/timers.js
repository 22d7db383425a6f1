/**
 * Clocks and light bars, once a second and on the second, in the server's time.
 *
 * `[data-clock="ends|elapsed|wall|until"]` (the time on the wall in `data-zone`; `until` is when the block's clock is out) with `data-ends-at` or (paused) `data-left-ms`, `data-started-at`; its `data-state` becomes
 * running, paused, last or out. `[data-timer]` gets `--left` from 1 to 0. `[data-timer-live]` says `data-five`, `data-one`, `data-out`.
 */

import { now } from "./clock-sync.js";

const MINUTE_MS = 60_000;
const two = (number) => String(number).padStart(2, "0");

function minutes(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours ? two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

function leftOf({ endsAt, leftMs }) {
  return endsAt ? Number(endsAt) - now() : Number(leftMs || 0);
}

const clockOf = new Map(); // zone → its clock; making one is slow

/** The time where the meeting is, whatever zone this computer is set to. */
export function wall(timeZone, at = now()) {
  if (!clockOf.has(timeZone)) clockOf.set(timeZone, new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit", timeZone }));
  return clockOf.get(timeZone).format(at).replace(":", document.documentElement.lang === "sv" ? "." : ":");
}

/** The block's clock on the same picture. */
const blockClock = (element) => element.closest(".screen")?.querySelector("[data-cell$=stage] [data-clock=ends]")?.dataset ?? {};

function until(element) {
  const { endsAt } = blockClock(element);
  return endsAt ? wall(element.dataset.zone, Number(endsAt)) : "";
}

function textOf(element) {
  const { clock, startedAt, zone } = element.dataset;
  if (clock === "wall") return wall(zone);
  if (clock === "until") return until(element);
  if (clock === "elapsed") return minutes(Math.max(0, now() - Number(startedAt || now())));
  const left = leftOf(element.dataset);
  // Rounded up, so that the last second is 0:01 and 0:00 means out; over time counts up with a plus.
  return left > 0 ? minutes(Math.ceil(left / 1000) * 1000) : `+${minutes(-left)}`;
}

function stateOf({ endsAt, leftMs }) {
  if (!endsAt) return "paused";
  const left = leftOf({ endsAt, leftMs });
  if (left <= 0) return "out";
  return left <= MINUTE_MS ? "last" : "running";
}

// Every digit stands in its own box, so a running clock never shivers; read aloud it is one text.
function boxes(text) {
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.textContent = text;
  const signs = [...text].map((sign) => {
    const box = document.createElement("i");
    box.setAttribute("aria-hidden", "true");
    if (sign === "." || sign === ":") box.className = "p";
    box.textContent = sign;
    return box;
  });
  return [spoken, ...signs];
}

function drawClock(element) {
  const text = textOf(element);
  if (element.dataset.clock === "ends") element.dataset.state = stateOf(element.dataset);
  if (element.dataset.clock === "until") element.dataset.state = stateOf(blockClock(element));
  if (element.querySelector(".visually-hidden")?.textContent === text) return;
  element.classList.add("clk");
  element.replaceChildren(...boxes(text));
}

function drawBar(element) {
  const length = Number(element.dataset.lengthMs) || 1;
  const share = Math.max(0, Math.min(1, leftOf(element.dataset) / length));
  element.style.setProperty("--left", share.toFixed(4));
  element.dataset.state = stateOf(element.dataset);
}

const said = { before: Infinity };

/** Timers are silent but for three moments: five minutes, one minute, out. */
function speak() {
  const live = document.querySelector("[data-timer-live]");
  const clock = document.querySelector("[data-clock=ends][data-ends-at]");
  if (!live || !clock) return;
  const left = leftOf(clock.dataset);
  for (const [mark, word] of [[0, "out"], [MINUTE_MS, "one"], [5 * MINUTE_MS, "five"]]) {
    if (left <= mark && said.before > mark && said.before - left < 3000) {
      live.textContent = live.dataset[word] || "";
      break;
    }
  }
  said.before = left;
}

/** Bring the clocks in `root` up to date now; the rest follows every second, with whatever else `also` does. */
export function draw(root = document) {
  root.querySelectorAll("[data-clock]").forEach(drawClock);
  root.querySelectorAll("[data-timer]").forEach(drawBar);
}

export function run(also = () => {}) {
  draw();
  speak();
  also();
  setTimeout(() => run(also), 1000 - (now() % 1000) + 5);
}
