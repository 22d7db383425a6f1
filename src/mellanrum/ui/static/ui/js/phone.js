/** A participant's phone: join by code or key, be where the room is, and never lose a word. */

import { Forms } from "./forms.js";
import * as notices from "./notices.js";
import { Outbox } from "./outbox.js";
import { Own } from "./own.js";
import { Problem, join } from "./protocol.js";
import { showRefused } from "./refused.js";
import { openRoom } from "./room.js";
import { begin } from "./steps.js";
import { openStore } from "./store.js";

const AUDIENCE = "phone";
const DOORS = { 404: "not_found", 409: "not_open", 410: "closed" };
const code = location.pathname.split("/")[2] ?? "";

/** The QR's key stands after #, which no server sees; nobody shall copy it from the address bar either. */
function takeKey() {
  const key = new URLSearchParams(location.hash.slice(1)).get("k");
  if (key) history.replaceState(history.state, "", location.pathname + location.search);
  return key;
}

/** `[data-door="not_found|not_open|closed|offline"]` are the pages before the room; null is in. */
function showDoor(name, detail = "") {
  for (const door of document.querySelectorAll("[data-door]")) door.hidden = door.dataset.door !== name;
  for (const place of document.querySelectorAll("[data-door-detail]")) place.textContent = detail || place.textContent;
  document.documentElement.dataset.in = name ? "no" : "yes";
}

function openPhone(room, store) {
  const outbox = new Outbox(store, { onChange: queueChanged, onResult: left, onDenied: (denied) => denied === room && rejoin() });
  const forms = new Forms({ room, store, add: (item) => outbox.add({ room, audience: AUDIENCE, ...item }), waiting: () => outbox.rows });
  const own = new Own(room, AUDIENCE, { take: (mine, askedAt) => forms.own(mine, askedAt), denied: rejoin });
  const page = openRoom(room, AUDIENCE, {
    isBusy: (form) => forms.isBusy(form),
    isQuiet: () => !forms.isAnyBusy && !outbox.rows.length,
    placed: (mount) => forms.apply(mount),
    hello: () => outbox.flush({ isSure: true }),
    cell: ({ cell }) => cell === "personal" && own.soon(),
    own: (mine, askedAt) => forms.own(mine, askedAt),
    held: offerMove,
    free: () => notices.hide("moved"),
    lost: () => notices.show("lost"),
    back,
    denied: rejoin,
  });

  function queueChanged(rows) {
    page.connection.setWaiting(rows.filter((row) => row.room === room).length);
  }

  function left(row, result) {
    if (row.room !== room) return;
    if (result.status !== "refused") return forms.isNewer(row.item, row.field);
    forms.revert(row);
    showRefused(store, room);
  }

  function offerMove() {
    if (notices.isShown("moved")) return;
    notices.show("moved", {}, {
      go: () => page.cells.release(),
      // The way on stays; only the question goes away.
      stay: (notice, button) => {
        notice.dataset.stayed = "";
        button.remove();
        return false;
      },
    });
  }

  function back(arrived) {
    notices.hide("lost");
    if (arrived) notices.show("arrived", { n: arrived });
  }

  async function start() {
    await Promise.all([outbox.load(), forms.load()]);
    await page.stream.ask();
    showRefused(store, room);
    outbox.flush({ isSure: true });
  }

  addEventListener("online", () => outbox.flush({ isSure: true }));
  document.addEventListener("visibilitychange", () => outbox.flush({ isSure: document.visibilityState === "visible" }));
  start();
  return { ask: () => page.stream.ask(), flush: () => outbox.flush({ isSure: true }) };
}

let opened = null; // {room, phone}
let store = null;
let lastRejoin = -Infinity;

async function remember(room) {
  await store.put("rooms", { code, room });
}

async function recall() {
  return (await store.all("rooms")).find((row) => row.code === code)?.room ?? null;
}

function enter(room) {
  showDoor(null);
  if (opened?.room === room) {
    opened.phone.ask();
    opened.phone.flush();
  } else if (opened) {
    location.reload(); // the code has been given to another room
  } else {
    opened = { room, phone: openPhone(room, store) };
  }
}

async function knock(key) {
  try {
    const { room_id: room } = await join(key ? { key } : { code });
    await remember(room);
    enter(room);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await notIn(error, key);
  }
}

/** Not in: without contact go on with what this phone knows of the room, else say which door this is. */
async function notIn(problem, key) {
  const again = (milliseconds) => setTimeout(() => knock(key), problem.retryAfter || milliseconds * (0.5 + Math.random()));
  if (problem.status === 404 && key && code) return knock(null);
  if (problem.isTemporary) {
    const room = await recall();
    if (room) enter(room);
    else showDoor("offline", problem.message);
    return again(5000);
  }
  showDoor(DOORS[problem.status] ?? "not_found", problem.message);
  return problem.status === 409 ? again(15_000) : undefined;
}

/** The ticket is gone: the same code gives a new one, and what waits goes with that. */
function rejoin() {
  if (performance.now() - lastRejoin < 10_000) return;
  lastRejoin = performance.now();
  knock(null);
}

async function main() {
  const key = takeKey();
  store = await openStore();
  begin(document);
  await knock(key);
}

main();
