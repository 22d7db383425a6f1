/** A participant's phone: join by code or key, be where the room is, and never lose a word. */

import { Place } from "./phone-place.js";
import { Problem, join } from "./protocol.js";
import { openStore } from "./store.js";

const DOORS = { 404: "not_found", 409: "not_open", 410: "closed" };
const code = location.pathname.split("/")[2] ?? "";
const known = { store: null, place: null, lastRejoin: -Infinity };

/** The QR's key stands after #, which no server sees; nobody shall copy it from the address bar either. */
function takeKey() {
  const key = new URLSearchParams(location.hash.slice(1)).get("k");
  if (key) history.replaceState(history.state, "", location.pathname + location.search);
  return key;
}

/** The `[data-door]` of that name is what the phone says while it has no place; null is in. */
function showDoor(name) {
  for (const door of document.querySelectorAll("[data-door]")) {
    if (!door.hidden && door.dataset.door === name) continue;
    door.hidden = door.dataset.door !== name;
    if (!door.hidden) door.querySelector("h1")?.focus();
  }
}

async function recall() {
  return (await known.store.all("rooms")).find((row) => row.code === code)?.room ?? null;
}

function enter(room) {
  showDoor(null);
  if (!known.place) known.place = new Place(room, known.store, rejoin);
  else if (known.place.room === room) known.place.again();
  else location.reload(); // the code leads to another room now
}

async function knock(key) {
  try {
    const { room_id: room } = await join(key ? { key } : { code });
    await known.store.put("rooms", { code, room });
    enter(room);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await stayOutside(error, key);
  }
}

/** Not in: without contact go on with what this phone knows of the room, else say which door this is. */
async function stayOutside(problem, key) {
  if (problem.status === 404 && key && code) return knock(null);
  const room = problem.isTemporary ? await recall() : null;
  if (room) enter(room);
  else showDoor(DOORS[problem.status] ?? (problem.isTemporary ? "offline" : "not_found"));
  const wait = problem.isTemporary ? 5000 : 15_000;
  if (problem.isTemporary || problem.status === 409) setTimeout(() => knock(key), problem.retryAfter || wait * (0.5 + Math.random()));
}

/** The ticket is gone: the same code gives a new one, and what waits goes with that. */
function rejoin() {
  if (performance.now() - known.lastRejoin < 10_000) return;
  known.lastRejoin = performance.now();
  knock(null);
}

async function main() {
  const key = takeKey();
  known.store = await openStore();
  await knock(key);
}

main();
