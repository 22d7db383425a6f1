/** The drawer that holds the room on narrow screens: one button opens and closes it, Escape closes it, and the focus goes along. */

export function watch() {
  const button = document.querySelector("[data-drawer]");
  const drawer = document.getElementById(button?.getAttribute("aria-controls"));
  if (!drawer) return;
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  const put = (open) => {
    button.setAttribute("aria-expanded", open);
    if (!open) return button.focus({ preventScroll: true });
    const heading = drawer.querySelector("h2");
    heading.tabIndex = -1;
    return heading.focus({ preventScroll: true });
  };
  button.addEventListener("click", () => put(!isOpen()));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && !document.querySelector("dialog[open]")) put(false);
  });
}
