/** What crew has hidden: its author is told that it rests, and why, until they have put that away. */

import * as notices from "./notices.js";

const keyOf = (room) => `rests ${room}`;

/** `hidden` is the state's: [{id, reason}]. */
export async function showResting(store, room, hidden) {
  if (!hidden.length) return notices.hide("rests");
  const known = (await store.all("rooms")).find((row) => row.code === keyOf(room))?.ids ?? [];
  const fresh = hidden.filter(({ id }) => !known.includes(id));
  if (!fresh.length) return notices.hide("rests");
  const detail = [...new Set(fresh.map(({ reason }) => reason).filter(Boolean))].join(" · ");
  const dismiss = () => void store.put("rooms", { code: keyOf(room), ids: hidden.map(({ id }) => id) });
  return notices.show("rests", { n: fresh.length, detail }, { dismiss });
}
