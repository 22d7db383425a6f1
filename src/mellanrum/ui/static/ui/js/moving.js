/** Moving to another phone: a link that makes another browser the same person. Its ticket lives in this page's memory alone. */

const known = {};

/** Tell the code and the ticket this phone came in with, and the stage it stands at. The link is shown where nothing is to fill in. */
export function offerLink(news) {
  Object.assign(known, news);
  const box = document.querySelector("[data-move]");
  if (!box) return;
  box.hidden = !known.ticket || !["waiting", "looking-up"].includes(known.stage);
  if (box.hidden) box.open = false;
  const link = box.querySelector("[data-move-link]");
  // It stands in the page only while somebody wants to see it.
  box.ontoggle = () => {
    link.textContent = box.open ? `${location.origin}/r/${known.code}#t=${known.ticket}` : "";
  };
  // Without https there is no clipboard to write to; one touch selects the whole link in any case.
  const button = box.querySelector("button");
  button.hidden = !navigator.clipboard;
  button.onclick = () => navigator.clipboard.writeText(link.textContent).then(() => button.replaceChildren(button.dataset.done), () => {});
}
