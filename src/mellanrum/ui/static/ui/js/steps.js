/** One statement at a time on phones: `[data-steps]` with `[data-step]`s, driven by next and back; without script all show. */

const placeKey = (steps) => `step ${location.pathname} ${steps.closest("form")?.dataset.exercise ?? ""}`;

function remembered(steps) {
  try {
    return Number(sessionStorage.getItem(placeKey(steps))) || 0;
  } catch {
    return 0; // storage may be switched off
  }
}

function remember(steps, index) {
  try {
    sessionStorage.setItem(placeKey(steps), index);
  } catch {
    // then a reload begins at the first
  }
}

const scopeOf = (steps) => steps.closest("form") ?? steps.parentElement;
const sectionsOf = (steps) => [...steps.querySelectorAll("[data-step]")];

// Only what differs: a form that is being filled sees no change from here either.
function set(element, property, value) {
  if (element[property] !== value) element[property] = value;
}

function draw(steps, index) {
  const sections = sectionsOf(steps);
  const at = Math.max(0, Math.min(index, sections.length - 1));
  sections.forEach((section, number) => set(section, "hidden", number !== at));
  if (steps.dataset.stepAt !== String(at)) steps.dataset.stepAt = at;
  const scope = scopeOf(steps);
  for (const label of scope.querySelectorAll("[data-step-label]")) {
    set(label, "textContent", sections[at]?.dataset.stepName ?? `${at + 1} / ${sections.length}`);
  }
  for (const back of scope.querySelectorAll("[data-step-back]")) set(back, "disabled", at === 0);
  for (const next of scope.querySelectorAll("[data-step-next]")) set(next, "hidden", at === sections.length - 1);
  return sections[at];
}

function move(steps, by) {
  const section = draw(steps, Number(steps.dataset.stepAt) + by);
  remember(steps, steps.dataset.stepAt);
  const heading = section.querySelector("h1, h2, h3, legend") ?? section;
  if (!heading.hasAttribute("tabindex")) heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  steps.scrollIntoView({ block: "start" });
}

/** Begin in a part of the page that was just put there. */
export function begin(root) {
  for (const element of root.querySelectorAll("[data-needs-script]")) set(element, "hidden", false);
  for (const steps of root.querySelectorAll("[data-steps]")) draw(steps, Number(steps.dataset.stepAt ?? remembered(steps)));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step-next], [data-step-back]");
  const steps = button && (button.closest("form") ?? document).querySelector("[data-steps]");
  if (steps) move(steps, "stepNext" in button.dataset ? 1 : -1);
});
