/** A participant's phone: join by code or key, be where the room is, and never lose a word. */

import { offerLink } from "./moving.js";
import { Place } from "./phone-place.js";
import { Problem, join } from "./protocol.js";
import { openStore } from "./store.js";

const DOORS = { 404: "not_found", 409: "not_open", 410: "closed" };
const code = location.pathname.split("/")[2] ?? "";
const known = { store: null, place: null, lastRejoin: -Infinity };

/**
 * The QR's key, or the ticket of who moves to this phone, stands after #, which no server sees; nobody shall copy it from the
 * address bar either. What cannot be a ticket is none.
 */
function takeFragment() {
  const said = new URLSearchParams(location.hash.slice(1));
  if (said.has("k") || said.has("t")) history.replaceState(history.state, "", location.pathname + location.search);
  return { key: said.get("k"), ticket: said.get("t")?.match(/^[\w-]{1,128}$/)?.[0] ?? null };
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

async function knock(given) {
  try {
    const { room_id: room, ticket } = await join(given.key ? { key: given.key } : { code }, given.ticket);
    await known.store.put("rooms", { code, room });
    if (given.ticket && known.place) return location.reload(); // somebody else may have been in this page
    offerLink({ code, ticket });
    return enter(room);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return stayOutside(error, given);
  }
}

/** Not in: without contact go on with what this phone knows of the room, else say which door this is. */
async function stayOutside(problem, given) {
  if (problem.status === 404 && given.key && code) return knock({ ...given, key: null });
  const room = problem.isTemporary ? await recall() : null;
  if (room) enter(room);
  else showDoor(DOORS[problem.status] ?? (problem.isTemporary ? "offline" : "not_found"));
  const wait = problem.isTemporary ? 5000 : 15_000;
  if (problem.isTemporary || problem.status === 409) setTimeout(() => knock(given), problem.retryAfter || wait * (0.5 + Math.random()));
}

/** The ticket is gone: the same code gives a new one, and what waits goes with that. */
function rejoin() {
  if (performance.now() - known.lastRejoin < 10_000) return;
  known.lastRejoin = performance.now();
  knock({});
}

async function main() {
  const given = takeFragment();
  known.store = await openStore();
  await knock(given);
  // The link pasted into the address bar of a page that is already here loads nothing by itself.
  addEventListener("hashchange", () => {
    const moved = takeFragment();
    if (moved.ticket) knock(moved);
  });
}

main();
