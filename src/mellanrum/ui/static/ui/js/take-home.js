/** One person's own page: what lies in this phone alone is put in here, and goes nowhere; saving, copying, leaving no trace. */

import "./copy.js";
import { newPage } from "./take-home-file.js";
import { ahead, openStore } from "./store.js";

const place = document.querySelector("[data-take-home]");
const room = place?.dataset.takeHome;
const TABLES = { outbox: "n", drafts: "key", refused: "id", rooms: "code" };

// A field that sends something has a name with #; a private one has none.
const isPrivate = (draft) => !draft.name.includes("#");

function noteOf(draft) {
  const template = document.querySelector(isPrivate(draft) ? "[data-note-template]" : "[data-draft-template]");
  const note = template.content.firstElementChild.cloneNode(true);
  note.querySelector("[data-words]").textContent = draft.value;
  return note;
}

async function showNotes(store) {
  const found = new Map([...(await store.all("drafts")), ...ahead.all("draft")].map((draft) => [draft.key, draft]));
  for (const draft of found.values()) {
    if (draft.room !== room || !draft.value?.trim()) continue;
    const part = document.querySelector(`[data-own-notes="${CSS.escape(draft.exercise)}"]`) ?? document.querySelector("[data-here]");
    part.hidden = false;
    part.querySelector("[data-gave-nothing]")?.remove();
    part.append(noteOf(draft));
  }
}

function save(button) {
  const link = document.createElement("a");
  newPage(place).then((text) => {
    link.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
    link.download = `${button.dataset.save.replace(/[^\p{L}\p{N} -]/gu, "").trim()}.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
}

/** Everything of this room that the browser has stored; a store that was written ahead too. */
async function forget(store) {
  for (const kind of ["draft", "outbox"]) {
    for (const row of ahead.all(kind)) if (row.room === room) ahead.drop(kind, kind === "draft" ? row.key : row.item.id);
  }
  for (const [table, key] of Object.entries(TABLES)) {
    const isOurs = (row) => row.room === room || row.code === `rests ${room}`;
    await store.change(table, (rows) => ({ remove: rows.filter(isOurs).map((row) => row[key]) }));
  }
}

async function leave(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  if (!answer?.redirected) return form.submit(); // the page says what went wrong
  await forget(await opened);
  return location.replace(answer.url);
}

const opened = openStore();
if (document.querySelector("[data-here]")) opened.then(showNotes);
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-leave]")) return;
  event.preventDefault();
  leave(event.target);
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if ("save" in button.dataset) save(button);
  else if ("print" in button.dataset) print();
});
