/** The projector: follows the room for ever, fills the screen, keeps it awake where the browser lets it. */

import { openRoom } from "./room.js";
import * as timers from "./timers.js";
import { turnAll } from "./turning.js";

const room = document.body.dataset.room ?? location.pathname.split("/")[2];

function showLost(isLost) {
  for (const element of document.querySelectorAll("[data-lost]:not([data-connection])")) element.hidden = !isLost;
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // Not allowed here, or on battery: the computer's own settings decide.
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey && !event.altKey) toggleFullScreen();
});
document.addEventListener("click", () => document.fullscreenElement || toggleFullScreen());
document.addEventListener("visibilitychange", stayAwake);

/** A paired screen shows a new code and why; elsewhere the page itself gives a new ticket to who signs in again in another tab. */
function denied() {
  if (location.pathname.endsWith("/screen")) location.replace("/projector?ended");
  else setTimeout(() => location.reload(), 60_000);
}

stayAwake();
timers.run(turnAll);
const { stream } = openRoom(room, "projector", {
  placed(mount) {
    timers.draw(mount);
    turnAll();
  },
  hello: () => showLost(false),
  lost: () => showLost(true),
  back: () => showLost(false),
  denied,
});
stream.ask();
