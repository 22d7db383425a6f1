/**
 * Notices: a `<template data-notice="kind">` shown in `[data-notices]`. They never take focus.
 *
 * In a template `[data-text]` and `[data-detail]` are filled with words, `[data-one][data-many]` with the right one of its own two
 * sentences ({n}). A button with `data-notice-act="go"` runs that act and, when it is done, puts the notice away, unless it answers false.
 */

import { still } from "./still.js";

const place = () => document.querySelector("[data-notices]");
const shown = (kind) => place()?.querySelector(`[data-notice-shown="${kind}"]`);

function fill(notice, { n = 0, text = "", detail = "" }) {
  for (const [name, words] of Object.entries({ text, detail })) {
    for (const element of notice.querySelectorAll(`[data-${name}]`)) {
      element.textContent = words;
      element.hidden = !words;
    }
  }
  for (const element of notice.querySelectorAll("[data-many]")) {
    element.textContent = (n === 1 ? element.dataset.one : element.dataset.many).replace("{n}", n);
  }
}

/** Show or renew the notice of that kind. Gives its element, null when the page has no such template. */
export function show(kind, words = {}, acts = {}) {
  const template = document.querySelector(`template[data-notice="${kind}"]`);
  if (!template || !place()) return null;
  const notice = template.content.firstElementChild.cloneNode(true);
  notice.dataset.noticeShown = kind;
  fill(notice, words);
  notice.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-notice-act]");
    // An act that takes its time is waited for: what looks put away is put away, also after a reload.
    if (button && (await acts[button.dataset.noticeAct]?.(notice, button)) !== false) still(() => notice.remove());
  });
  still(() => {
    shown(kind)?.remove();
    place().append(notice);
  });
  return notice;
}

/** Other words in the one that is shown, with what was pressed in it as it is. Gives it, nothing when none is shown. */
export function renew(kind, words) {
  const notice = shown(kind);
  if (notice) fill(notice, words);
  return notice;
}

export function hide(kind) {
  const notice = shown(kind);
  if (notice) still(() => notice.remove());
}

export function isShown(kind) {
  return Boolean(shown(kind));
}
