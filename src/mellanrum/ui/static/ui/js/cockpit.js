/** The cockpit: the crew's cells, the projector's picture beside them, and acts that can be undone. */

import { Acts } from "./acts.js";
import * as calling from "./calling.js";
import { takePhotos } from "./cockpit-photos.js";
import * as contact from "./contact.js";
import * as delays from "./delays.js";
import * as drawer from "./drawer.js";
import { asksWhy } from "./hiding.js";
import * as keys from "./keys.js";
import * as more from "./more.js";
import * as notices from "./notices.js";
import { Problem, state } from "./protocol.js";
import { openRoom } from "./room.js";
import * as runSheet from "./run-sheet.js";
import * as team from "./team.js";
import * as timers from "./timers.js";
import { offerUndo } from "./toast.js";

// The second of two who press at the same time is told: these carry the step they saw, and then fold to nothing.
const FROM_A_STEP = new Set(["next", "back", "go", "replan"]);
const room = document.body.dataset.room ?? location.pathname.split("/")[2];

async function doneActs() {
  try {
    return (await state(room, { audience: "crew" })).data.cells.stage?.acts ?? [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [];
  }
}

async function done(type, data, { seq }) {
  if (type === "undo") return;
  const list = await doneActs();
  const mine = list.find((act) => act.seq === seq);
  if (mine) offerUndo(mine.label, () => acts.act("undo", { seq }));
  else if (list.length && FROM_A_STEP.has(type) && data.to !== data.from) notices.show("first");
}

function refuse(detail) {
  notices.show("refused", { n: 1, detail }, { dismiss: () => {} });
}

const acts = new Acts(room, {
  done,
  refused: refuse,
  lost: (problem) => {
    if (problem.status === 401) lockOut();
    else if (problem.message) refuse(problem.message);
    else contact.unsent();
  },
  asks: (button) => asksWhy(button, (data) => acts.act("hide", data)),
});

// Who is on the way to another page, as from a rehearsal that they end, is not called back: a reload would take them nowhere.
let isLeaving = false;
addEventListener("beforeunload", () => (isLeaving = true));

/** The ticket opens nothing any more. A page that is still ours gives a new one; else it says so, and nothing from here counts. */
async function lockOut() {
  const answer = await fetch(location.pathname, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (isLeaving) return;
  if (answer?.ok) location.reload();
  else if (answer?.status === 403 || answer?.status === 404) notices.show("shut");
}

const { stream } = openRoom(room, "crew", {
  placed: (mount) => {
    timers.draw(mount);
    runSheet.move();
    runSheet.follow();
    delays.placed();
    more.look();
    acts.mark();
    team.look();
    calling.look();
    contact.look();
  },
  cell: ({ cell, v }) => acts.seen(cell, v),
  lost: contact.lost,
  back: contact.back,
  denied: lockOut,
});
// How a projector was paired is told once, not again after a reload.
if (new URLSearchParams(location.search).has("pairing")) history.replaceState(history.state, "", location.pathname);
takePhotos(room, acts);
timers.run(() => {
  runSheet.move();
  delays.move();
});
delays.watch();
runSheet.follow();
more.watch();
team.look();
calling.look();
keys.watch();
drawer.watch();
stream.ask();
