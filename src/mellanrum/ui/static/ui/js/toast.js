/** The undo toast: what happened, a light that narrows for ten seconds, and *Ångra*; it waits while someone is on it. */

const SHOWN_MS = 10_000;
const STEP_MS = 250;

const running = { timer: 0 };

function build(text, undo) {
  const toast = document.querySelector("template[data-toast]").content.firstElementChild.cloneNode(true);
  toast.querySelector("[data-text]").textContent = text;
  toast.querySelector("[data-toast-undo]").addEventListener("click", () => {
    put(null);
    undo();
  });
  return toast;
}

function put(toast) {
  clearInterval(running.timer);
  document.querySelector("[data-undo-toast]").replaceChildren(...(toast ? [toast] : []));
}

const isHeld = (toast) => toast.matches(":hover") || toast.contains(document.activeElement);

export function offerUndo(text, undo) {
  if (!document.querySelector("[data-undo-toast]") || !document.querySelector("template[data-toast]")) return;
  const toast = build(text, undo);
  put(toast);
  let left = SHOWN_MS;
  const draw = () => toast.querySelector("[data-toast-timer]")?.style.setProperty("--left", left / SHOWN_MS);
  draw();
  running.timer = setInterval(() => {
    if (!isHeld(toast)) left -= STEP_MS;
    if (left <= 0) put(null);
    else draw();
  }, STEP_MS);
}
