/** What was not taken, and what crew has hidden: its author is told, and can copy it, until they have put that away. */

import { parseName } from "./fields.js";
import * as notices from "./notices.js";

/** What the person wrote in it; a number or a choice is not words. */
function wordsOf({ data, field }) {
  const words = data[parseName(field?.split(" ").at(-1) ?? "")?.key];
  return typeof words === "string" && words.length > 3 ? [words] : [];
}

function copy(notice) {
  const element = notice.querySelector("[data-text]");
  getSelection().selectAllChildren(element);
  // Without https there is no clipboard to write to; the old way works there, and the words stand selected in any case.
  if (navigator.clipboard) navigator.clipboard.writeText(element.textContent).catch(() => {});
  else document.execCommand("copy");
  return false;
}

/** Show all that lies refused for this room in one notice. One that stands stays: what has no words lies nowhere any more. */
export async function showRefused(store, room) {
  const rows = (await store.all("refused")).filter((row) => row.room === room);
  if (!rows.length) return null;
  const detail = [...new Set(rows.map((row) => row.detail).filter(Boolean))].join(" ");
  const text = rows.flatMap(wordsOf).join("\n\n");
  const forget = () => store.remove("refused", rows.map((row) => row.id));
  const dismiss = async () => {
    await forget();
    notices.hide("refused"); // it may have been renewed meanwhile
    await showRefused(store, room);
  };
  const notice = notices.show("refused", { n: rows.length, text, detail }, { copy, dismiss });
  if (text) return notice;
  // A choice that was refused has no words to keep: said once is enough.
  notice?.querySelector("[data-notice-act=copy]")?.remove();
  void forget();
  return notice;
}

const keyOf = (room) => `rests ${room}`;

/** `hidden` is the state's: [{id, reason}]. */
export async function showResting(store, room, hidden) {
  const known = (await store.all("rooms")).find((row) => row.code === keyOf(room))?.ids ?? [];
  const fresh = hidden.filter(({ id }) => !known.includes(id));
  if (!fresh.length) return notices.hide("rests");
  const detail = [...new Set(fresh.map(({ reason }) => reason).filter(Boolean))].join(" · ");
  const dismiss = () => store.put("rooms", { code: keyOf(room), ids: hidden.map(({ id }) => id) });
  return notices.show("rests", { n: fresh.length, detail }, { dismiss });
}
