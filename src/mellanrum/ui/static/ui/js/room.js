/** What every live page shares: one stream, its cells, the connection, and a quiet change to a new version. */

import { Cells } from "./cells.js";
import { Connection } from "./connection.js";
import * as notices from "./notices.js";
import { tell } from "./said.js";
import { begin } from "./steps.js";
import { Stream } from "./stream.js";

const known = {};

/** A new release or a restored ledger: `isQuiet()` says that a reload would disturb nobody. */
function greet({ epoch, release, assets }, cells, isQuiet) {
  if (known.epoch && known.epoch !== epoch) cells.forgetVersions();
  known.epoch = epoch;
  const version = `${release} ${assets}`;
  known.version ??= version;
  if (known.version === version) return;
  // Not all at once: a thousand pages hear of it in the same second.
  if (isQuiet() && !document.querySelector("dialog[open]")) setTimeout(() => location.reload(), Math.random() * 5000);
  else if (!notices.isShown("release")) notices.show("release", {}, { reload: () => location.reload() });
}

/**
 * Wire a page to its room. `on` may have isBusy(form), mustWait(cell, before, after), isQuiet(), placed(mount, cell), hello(data),
 * cell(data), own(state, askedAt), denied(), held(cell), free(), lost(), back(arrived).
 */
export function openRoom(room, audience, on = {}) {
  const connection = new Connection(document.querySelector("[data-connection]"), { onLost: on.lost, onBack: on.back });
  const cells = new Cells({
    isBusy: on.isBusy ?? (() => false),
    mustWait: on.mustWait,
    onPlaced: (mount, cell) => {
      begin(mount);
      tell();
      on.placed?.(mount, cell);
    },
    onHeld: on.held,
    onFree: on.free,
  });
  const stream = new Stream(room, audience, {
    hello: (data) => {
      greet(data, cells, on.isQuiet ?? (() => true));
      on.hello?.(data);
    },
    all: (names) => cells.all(names),
    cells: (list) => {
      cells.take(list);
      for (const data of list) on.cell?.(data);
    },
    own: (data, askedAt) => on.own?.(data, askedAt),
    contact: () => connection.contact(),
    denied: () => on.denied?.(),
  });
  document.addEventListener("visibilitychange", () => connection.woke());
  addEventListener("pageshow", () => connection.woke());
  return { connection, cells, stream };
}
