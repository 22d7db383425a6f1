/** What the server did not take: its words stay readable and can be copied until their author has put them away. */

import { parseName } from "./forms.js";
import * as notices from "./notices.js";

/** What the person wrote in it; a number or a choice is not words. */
function wordsOf({ data, field }) {
  const words = data[parseName(field?.split(" ").at(-1) ?? "")?.key];
  return typeof words === "string" && words.length > 3 ? [words] : [];
}

async function copy(notice) {
  const element = notice.querySelector("[data-text]");
  const selection = getSelection();
  selection.selectAllChildren(element);
  // Without https there is no clipboard to write to; the old way works there.
  if (navigator.clipboard) await navigator.clipboard.writeText(element.textContent).catch(() => {});
  else document.execCommand("copy");
}

/** Show all that lies refused for this room in one notice. */
export async function showRefused(store, room) {
  const rows = (await store.all("refused")).filter((row) => row.room === room);
  if (!rows.length) return notices.hide("refused");
  const text = rows.flatMap(wordsOf).join("\n\n");
  const detail = [...new Set(rows.map((row) => row.detail).filter(Boolean))].join(" ");
  return notices.show("refused", { n: rows.length, text, detail }, {
    copy: (notice) => {
      copy(notice);
      return false;
    },
    dismiss: () => {
      store.remove("refused", rows.map((row) => row.id));
    },
  });
}
