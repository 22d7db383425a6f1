/**
 * How the room stands to its plan, in `[data-replan]`: the line in `[data-replan-line]`, what is shown with it (`[data-when]`: late, early,
 * calm), and the proposal, which is fetched when somebody asks and again with every length that they change.
 */

import { delay } from "./run-sheet.js";

const MINUTE_MS = 60_000;
const WORTH_SAYING = 2; // minutes; less comes and goes by itself
const shown = { state: "", step: "", lengths: "", minutes: 0, isByHand: false, asked: 0 };

const panelOf = () => document.querySelector("[data-replan]");
const listOf = () => document.querySelector("[data-replan-list]");

/** Minutes late to the next time to keep; below zero ahead of the plan. Between the two lies a pause that is meant to be there. */
function minutesLate({ at, arrives, planned }, late) {
  const there = Number(arrives) + late;
  return Math.max(0, Math.round((there - Number(at)) / MINUTE_MS)) || Math.min(0, Math.round((there - Number(planned)) / MINUTE_MS));
}

function stateOf(minutes, panel) {
  if (Math.abs(minutes) < WORTH_SAYING || "fromStart" in panel.dataset) return "calm";
  return minutes > 0 ? "late" : "early";
}

// What is not offered now cannot be pressed either, by no key.
function showOnly(panel, state) {
  for (const part of panel.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
  for (const button of panel.querySelectorAll("[data-when] button")) button.disabled = Boolean(button.closest("[data-when][hidden]")) || Boolean(listOf()?.firstChild);
}

function sayOnce(state, text) {
  const live = document.querySelector("[data-said]");
  if (live && state === "late" && shown.state !== "late") live.textContent = text;
  shown.state = state;
}

/** Once a second. */
export function move() {
  const panel = panelOf();
  const line = panel?.querySelector("[data-replan-line]");
  if (!line) return;
  const minutes = minutesLate(panel.dataset, delay());
  const state = stateOf(minutes, panel);
  const text = panel.dataset[state].replace("{n}", Math.abs(minutes));
  if (line.textContent !== text) line.textContent = text;
  panel.dataset.state = state;
  showOnly(panel, state);
  sayOnce(state, text);
  keepFresh(minutes);
}

/** An open proposal goes by the minute, as the line does. */
function keepFresh(minutes) {
  const form = listOf().querySelector("form");
  if (form && minutes !== shown.minutes) ask(shown.isByHand ? form : null, form);
  shown.minutes = minutes;
}

/** A proposal is about the step and the lengths it saw. */
export function placed() {
  const { step = "", lengths = "" } = panelOf()?.dataset ?? {};
  if (step !== shown.step || lengths !== shown.lengths) close();
  Object.assign(shown, { step, lengths });
  move();
}

function close() {
  const list = listOf();
  if (!list?.firstChild) return;
  const hadFocus = list.contains(document.activeElement);
  list.replaceChildren();
  move();
  if (hadFocus) (panelOf().querySelector("[data-replan-ask]:enabled") ?? document.querySelector(".next"))?.focus();
}

/** `form` has somebody's own lengths; `before` is what stands there already. */
async function ask(form, before = form) {
  const query = form ? `?${new URLSearchParams([...new FormData(form)])}` : "";
  const number = (shown.asked += 1);
  shown.isByHand = Boolean(form);
  const answer = await fetch(panelOf().dataset.replan + query).catch(() => null);
  const html = answer?.ok ? await answer.text() : "";
  if (html && number === shown.asked && listOf()) put(html, before);
}

function put(html, before) {
  const list = listOf();
  const focused = before?.contains(document.activeElement) ? document.activeElement : null;
  const template = document.createElement("template");
  template.innerHTML = html; // from our server only, where all that people wrote is escaped
  list.replaceChildren(template.content);
  if (!before || focused) (list.querySelector(`button[name="${CSS.escape(focused?.name ?? "")}"]:enabled`) ?? list.querySelector("h3")).focus({ preventScroll: true });
  move();
}

function change(button) {
  const form = button.closest("form");
  const name = button.dataset.block ? `m-${button.dataset.block}` : button.closest("li").querySelector("input").name;
  const field = form.elements[name];
  const to = button.dataset.replanSet ?? Number(field.value) + Number(button.dataset.replanAdd);
  field.value = Math.max(0, Math.min(600, to));
  ask(form);
}

export function watch() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-replan-ask], [data-replan-add], [data-replan-set], [data-replan-close]");
    if (!button || button.disabled) return;
    if ("replanClose" in button.dataset) close();
    else if ("replanAsk" in button.dataset) ask();
    else change(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && listOf()?.contains(document.activeElement)) close();
  });
  placed();
}
