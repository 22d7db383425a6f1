/** The planner: fields that save themselves, rows that move, a day whose times follow at once. */

import { Acts } from "./planner-acts.js";
import { Fields } from "./planner-fields.js";
import { Following } from "./planner-following.js";
import { List } from "./planner-list.js";
import { Marking } from "./planner-marking.js";
import { Parts } from "./planner-parts.js";
import { Reorder } from "./planner-reorder.js";
import { Reshape } from "./planner-reshape.js";
import { Saving } from "./planner-saving.js";
import { Undoing } from "./planner-undo.js";
import { tellWhy } from "./planner-why.js";

const { planner: place, view, zone } = document.body.dataset;
const words = document.querySelector("[data-planner-words]").dataset;
const said = document.querySelector("[data-said]");
const say = (text) => said.replaceChildren(text);

const list = new List({ zone, words, isWhole: view === "sheet" });
const saving = new Saving({ mark: document.querySelector("[data-saving]"), place, zone, onAnswer });
const fields = new Fields({ saving, onValue });
const parts = new Parts({ place, view, fields, list, say, lost: words.lost, leave: () => acts.flush() });
const undoing = new Undoing({ place, saving, fields, say, button: document.querySelector("[data-undo-last]"), after: undone });
const acts = new Acts({ place, saving, fields, list, parts, undo: (change) => undoing.undo(change) });
const reshape = new Reshape({ place, saving, fields, list, parts, say });
const reorder = view === "sheet" ? new Reorder({ list, words, say, onMove }) : null;

const marking = view === "sheet" ? new Marking({ place, saving, fields, list, say }) : null;

function onMove(key, between) {
  if (marking?.taking(key)) marking.moved(between);
  else acts.moved(key, between);
}

const DRAWN_ANEW = /^(?:track-|expected$|kind$)/;
const slotOf = (url) => list.slots.find((slot) => slot.querySelector("form").getAttribute("action") === url);

function onValue(url, name, value, length) {
  const slot = slotOf(url);
  if (slot) list.feel(slot, name, value, length);
  const isOpen = document.querySelector("[data-part=inspector] form[data-saves]")?.getAttribute("action") === url;
  if (isOpen && name === "title") document.querySelector("[data-shows=title]")?.replaceChildren(value);
  if (url === `${place}/details`) document.querySelector(`[data-shows=gathering-${name}]`)?.replaceChildren(value);
}

async function onAnswer(job, status, told) {
  if (status >= 400) return refused(job, status, told);
  saving.open.delete(job.url);
  if (job.kind === "field") fields.saved(job.url, job.name, told.values[job.name]);
  if (told.values) fields.take(job.url, told.values);
  tellWhy(told.why);
  await acts.done(job, told);
  await reshape.done(job, told);
  if (job.kind === "marked") await together(told);
  if (DRAWN_ANEW.test(job.name ?? "") && list.element && !reorder?.isLifted) await parts.reload(); // tracks and groups are drawn by the server
  await follow(told.day);
  return undoing.heard(job, told);
}

/** Several rows have changed at once. */
async function together(told) {
  await parts.reload();
  const isGone = parts.openKey && !told.day.rows.some(({ key }) => key === parts.openKey);
  if (isGone || told.keys.includes(parts.openKey)) await parts.open(isGone ? "" : parts.openKey);
  marking.done(told);
}

/** The plan as it is after an undo: what came back opens, what is open is drawn anew. */
async function undone({ keys, day, details }) {
  const there = day.rows.map(({ key }) => key);
  const [back] = keys.filter((key) => there.includes(key));
  fields.take(`${place}/details`, details);
  if (view === "sheet") await parts.reload();
  if (keys.length === 1 && back) return parts.open(back, { focus: !list.element?.contains(document.activeElement) });
  return parts.open(there.includes(parts.openKey) ? parts.openKey : "");
}

function refused(job, status, told) {
  if (told === null || told.reason === "locked") return giveUp(told?.text ?? words.gone);
  if (job.kind === "field" && saving.rebase(job)) return undefined;
  if (told.conflicts.length) return told.conflicts.forEach((conflict) => fields.conflict(job.url, conflict));
  if (told.html) saving.open.add(job.url);
  if (told.html) return acts.unprepared(job, told);
  if (job.kind === "field" && told.problems.length) return fields.refuse(job.url, job.name, told.text);
  note(told.text);
  undoing.goOn();
  if (status === 404 && job.kind === "field") following.lost(job.url, job.body);
  if (status === 404 && document.querySelector("[data-list]")) return parts.reload();
  return follow(null);
}

function giveUp(text) {
  saving.stop();
  note(text, { isOver: true });
}

function note(text, { isOver = false } = {}) {
  const drawn = document.querySelector("template[data-note]").content.firstElementChild.cloneNode(true);
  drawn.querySelector("[data-text]").textContent = text;
  drawn.querySelector("[data-reload]").hidden = !isOver;
  document.querySelector("[data-tell]").replaceChildren(drawn);
}

/** The day as the server has it, with what others have done meanwhile, unless something of ours is on its way. */
function follow(day) {
  if (!day || !list.element || reorder?.isLifted || saving.has("add", "move", "remove", "duplicate", "split", "join", "marked", "undo", "exercise")) return undefined;
  list.start = day.start;
  for (const link of document.querySelectorAll("[data-count]")) link.textContent = link.dataset.count.replace("{n}", day.exercises);
  for (const row of day.rows) takeRow(row);
  if (view !== "sheet") return list.retime(day.rows);
  const keys = day.rows.map((row) => row.key);
  if (keys.length !== list.keys.length || keys.some((key) => !list.slot(key))) return parts.reload(parts.openKey, { isOthers: true });
  list.order(keys);
  return list.retime();
}

function takeRow({ key, kind, phones, title, minutes, responsible, shown, ...day }) {
  const url = `${place}/blocks/${key}`;
  const { part, fixed, least, most, section } = day;
  fields.take(url, { title, minutes, responsible, shown, part, fixed, least, most, section });
  const slot = list.slot(key);
  if (!slot) return;
  for (const [name, value] of Object.entries({ part, fixed, least, most, section })) if (saving.waiting(url, name) === undefined) list.take(slot, name, value);
  if (saving.waiting(url, "kind") === undefined && slot.dataset.kind !== kind) list.feel(slot, "kind", kind, null);
  if (saving.waiting(url, "away") === undefined) slot.toggleAttribute("data-phones", phones);
}

const following = new Following({ place, words, saving, fields, list, parts, say, follow, giveUp, isBusy: () => reorder?.isLifted });
document.documentElement.classList.add("planner-ready");
fields.register(document);
if (view === "sheet") list.retime();
saving.send();
