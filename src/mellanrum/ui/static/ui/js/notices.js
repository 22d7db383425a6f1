/**
 * Notices: a `<template data-notice="kind">` shown in `[data-notices]`. They never take focus.
 *
 * In a template `[data-text]` is filled with someone's own words, `[data-reason]` with the detail or its own text for that reason,
 * `[data-one][data-many]` with the right one of its two sentences ({n}). A button with `data-go-there` runs the act `goThere` and
 * puts the notice away, unless the act answers false.
 */

const place = () => document.querySelector("[data-notices]");
const shown = (kind) => place()?.querySelector(`[data-notice-shown="${kind}"]`);

function fill(notice, { n = 0, text = "", reason = "", detail = "" }) {
  for (const element of notice.querySelectorAll("[data-text]")) {
    element.textContent = text;
    (element.closest("[data-has-text]") ?? element).hidden = !text;
  }
  for (const element of notice.querySelectorAll("[data-reason]")) {
    element.textContent = detail || element.dataset[reason] || element.dataset.else || "";
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
  notice.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const act = button && Object.keys(acts).find((name) => name in button.dataset);
    if (act && acts[act](notice, button) !== false) notice.remove();
  });
  shown(kind)?.remove();
  place().append(notice);
  return notice;
}

export function hide(kind) {
  shown(kind)?.remove();
}

export function isShown(kind) {
  return Boolean(shown(kind));
}
