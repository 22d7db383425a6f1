/** Hiding asks why before it happens: `[data-act=hide]` opens the dialog of `template[data-why]`, and the reason goes with the act. */

const known = { opener: null };

function ask(words) {
  const dialog = document.querySelector("template[data-why]").content.firstElementChild.cloneNode(true);
  const quote = dialog.querySelector("[data-text]");
  quote.textContent = words;
  quote.hidden = !words;
  document.body.append(dialog);
  dialog.addEventListener("change", () => {
    dialog.querySelector("[name=own]").required = Boolean(dialog.querySelector("[data-own]:checked"));
  });
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "hide" ? reasonIn(dialog) : null);
    });
  });
}

function reasonIn(dialog) {
  const chosen = dialog.querySelector("[name=why]:checked");
  const own = dialog.querySelector("[name=own]").value.trim();
  if ("own" in chosen.dataset) return own;
  return own ? `${chosen.value}: ${own}` : chosen.value;
}

/** Whether the press was taken over. `act(data)` hides when a reason has been given; else everything stays as it was. */
export function asksWhy(button, act) {
  if (button.dataset.act !== "hide" || !document.querySelector("template[data-why]")) return false;
  known.opener = button;
  const words = button.closest("li")?.querySelector(".x")?.textContent.trim() ?? "";
  ask(words).then((reason) => {
    if (known.opener.isConnected) known.opener.focus();
    if (reason !== null) act({ ...JSON.parse(button.dataset.actData), reason });
  });
  return true;
}
