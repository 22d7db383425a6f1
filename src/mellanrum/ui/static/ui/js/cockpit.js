/** The cockpit: the crew's cells, the projector's picture beside them, and acts that can be undone. */

import { Acts } from "./acts.js";
import { takePhotos } from "./cockpit-photos.js";
import * as notices from "./notices.js";
import { Problem, state } from "./protocol.js";
import { openRoom } from "./room.js";
import * as timers from "./timers.js";
import { offerUndo } from "./toast.js";

// The second of two who press at the same time is told: these carry the step they saw, and then fold to nothing.
const FROM_A_STEP = new Set(["next", "back"]);
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
  else if (list.length && FROM_A_STEP.has(type)) notices.show("first");
}

const acts = new Acts(room, {
  done,
  refused: (detail) => notices.show("refused", { n: 1, detail }, { dismiss: () => {} }),
  lost: () => notices.show("lost"),
});

const { stream } = openRoom(room, "crew", {
  placed: (mount) => {
    timers.draw(mount);
    acts.mark();
  },
  cell: ({ cell, v }) => acts.seen(cell, v),
  hello: () => notices.hide("lost"),
  lost: () => notices.show("lost"),
  back: () => notices.hide("lost"),
  denied: () => setTimeout(() => location.reload(), 5000), // the page says whether it is still ours
});
// How a projector was paired is told once, not again after a reload.
if (new URLSearchParams(location.search).has("pairing")) history.replaceState(history.state, "", location.pathname);
takePhotos(room, acts);
timers.run();
stream.ask();
