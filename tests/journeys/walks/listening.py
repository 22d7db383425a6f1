"""What a screen reader has to go by, read off the page: the focus, the tree of names and roles, and what live regions say."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Page

from tests.running import poll

# A change counts as said when a live region, switched on at that moment, gets new words.
HEARD = """(() => {
  window.heard = [];
  const regions = '[aria-live],[role=status],[role=alert],[role=timer],[role=log]';
  const live = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(regions);
  const speaks = (region) => (region.getAttribute('aria-live') ?? (region.getAttribute('role') === 'timer' ? 'off' : 'polite')) !== 'off';
  const words = (node) => (node.innerText ?? node.textContent ?? '').replace(/\\s+/g, ' ').trim();
  const take = (changes) => {
    if (document.readyState === 'loading') return; // what comes with the page is read with it
    for (const {type, target, addedNodes} of changes) {
      const region = live(target);
      if (!region || !speaks(region)) continue;
      const said = type === 'childList' ? [...addedNodes].map(words).join(' ').trim() : words(target);
      if (said) window.heard.push(said);
    }
  };
  new MutationObserver(take).observe(document,
    {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ['hidden']});
})()"""
FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return '';
  const rings = [one, one.nextElementSibling, one.parentElement, one.closest('label')];
  const shows = (it) => it && parseFloat(getComputedStyle(it).outlineWidth) >= 2 && getComputedStyle(it).outlineStyle !== 'none';
  if (!rings.some(shows)) return `no ring: ${one.outerHTML.slice(0, 160)}`;
  const box = (one.matches('.visually-hidden, input') && one.closest('label') || one).getBoundingClientRect();
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return seen ? '' : `out of sight: ${one.outerHTML.slice(0, 160)}`;
}"""
# Everything one can get to by Tab counts a group of radios once, as Tab does.
LEFT_OUT = """(reached) => {
  const tabs = 'a[href],button,input,select,textarea,summary,iframe,[tabindex="0"]';
  const key = (one) => one.type === 'radio' ? `radio ${one.name}` : one;
  const got = new Set(window.reached.map(key));
  const can = (one) => one.checkVisibility({visibilityProperty: true}) && !one.disabled && !one.closest('[inert]') && one.tabIndex >= 0;
  return [...document.querySelectorAll(tabs)].filter((one) => can(one) && !got.has(key(one))).map((one) => one.outerHTML.slice(0, 160));
}"""
TAKE_HEARD = """(wanted) => {
  const found = window.heard.findIndex((text) => text.includes(wanted));
  if (found >= 0) window.heard.splice(found, 1);
  return found >= 0;
}"""
CLOCK = re.compile(r"\+?\d+[:.]\d\d([:.]\d\d)?")
MOST = 160


def focused(page: Page) -> str:
    """Role, name and state of what has the focus, as `button "Gå in"`; empty when nothing has it."""
    found = page.locator("*:focus")
    if not found.count():
        return ""
    return found.first.aria_snapshot().splitlines()[0].removeprefix("- ").lstrip("'").rstrip(":")


def tab_to(page: Page, wanted: str) -> None:
    """Tab until it has the focus. All on the way shows where the focus is and has a name."""
    met = []
    for _tab in range(MOST):
        page.keyboard.press("Tab")
        assert (bad := page.evaluate(FOCUS)) == "", bad
        met.append(here := focused(page))
        if here.startswith(wanted):
            return
    raise AssertionError(f"not reached by Tab: {wanted}; met {list(dict.fromkeys(met))}")


def tab_through(page: Page) -> None:
    """Around the page once: nothing holds the keyboard, and nothing is left out."""
    page.evaluate("window.reached = []; document.activeElement.blur()")
    for _tab in range(MOST):
        page.keyboard.press("Tab")
        again = page.evaluate("""() => {
          const one = document.activeElement;
          if (window.reached.includes(one)) return one === document.body || one === window.reached[0];
          window.reached.push(one);
          return false;
        }""")
        if again:
            break
    else:
        raise AssertionError("Tab does not come around")
    left = page.evaluate(LEFT_OUT)
    assert left == [], left


def heard(page: Page, wanted: str) -> None:
    """Some live region has said it; what is heard here is not heard again."""

    def look() -> bool:
        try:
            return bool(page.evaluate(TAKE_HEARD, wanted))
        except Error:  # on its way to another page
            return False

    try:
        poll(look, within=30, every=0.1, what=wanted)
    except AssertionError as error:
        raise AssertionError(f"not said: {wanted}; said {page.evaluate('window.heard')}; focus on {focused(page)}") from error


def no_chatter(page: Page) -> None:
    """No clock is read aloud second by second."""
    ticks = [text for text in page.evaluate("window.heard") if CLOCK.fullmatch(text)]
    assert ticks == [], ticks
