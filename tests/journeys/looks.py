"""One page, looked at in several ways without loading it again: larger text, no colours of its own, no motion, on paper."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.browsing import fits

# In forced colours a mark that has the colour of the ground is gone, and a state told by a colour alone is none.
VANISHED = r"""() => {
  const probe = document.createElement('i');
  probe.style.color = 'Canvas';
  document.body.append(probe);
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const told = (why, one) => `${why}: ${one.outerHTML.slice(0, 120)}`;
  const shown = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const look = (one) => {
    const its = getComputedStyle(one);
    const border = parseFloat(its.borderTopWidth) ? its.borderTopColor : '';
    const outline = its.outlineStyle === 'none' ? '' : its.outlineWidth;
    return [its.backgroundColor, its.borderTopWidth, border, outline, its.color, its.textDecorationLine, its.fontWeight].join();
  };
  const light = (paint) => {
    const linear = (part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
    const parts = paint.match(/[\d.]+/g).slice(0, 3).map((part) => linear(part / 255));
    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
  };
  const differs = (paint, by) => {
    if (paint === 'none' || paint.startsWith('rgba') && paint.endsWith(' 0)')) return false;
    const [low, high] = [light(paint), light(canvas)].sort((a, b) => a - b);
    return (high + .05) / (low + .05) >= by;
  };
  const marks = all('.chart rect, .chart circle, .chart path, .chart polygon').filter((one) => {
    const {fill, stroke} = getComputedStyle(one);
    return ![fill, stroke].some((paint) => differs(paint, 3));
  });
  const texts = all('.chart text').filter((one) => !differs(getComputedStyle(one).fill, 4.5));
  const twin = (one) => all(`${one.tagName}${[...one.classList].map((name) => `.${CSS.escape(name)}`).join('')}[aria-pressed=false]`)[0];
  const pressed = all('[aria-pressed=true]').filter((one) => twin(one) && look(twin(one)) === look(one));
  const faces = (one) => [one, one.nextElementSibling].filter(Boolean);
  const chosen = all('input[type=radio]:checked').filter((one) => {
    const other = all(`input[type=radio][name="${CSS.escape(one.name)}"]:not(:checked)`)[0];
    if (!other || getComputedStyle(one).appearance !== 'none' && one.getBoundingClientRect().width > 10) return false;
    return faces(one).map(look).join() === faces(other).map(look).join();
  });
  return [...marks.map((one) => told('mark', one)), ...texts.map((one) => told('text', one)),
    ...pressed.map((one) => told('pressed', one)), ...chosen.map((one) => told('chosen', one))];
}"""
NO_RING = """() => [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary')].filter((one) => {
  if (!one.checkVisibility() || one.disabled || one.closest('[inert]')) return false;
  one.focus({preventScroll: true, focusVisible: true});
  if (document.activeElement !== one) return false;
  const rings = [one, one.nextElementSibling, one.parentElement, one.closest('label'), one.closest('label')?.querySelector('span')];
  return !rings.some((it) => it && parseFloat(getComputedStyle(it).outlineWidth) >= 2 && getComputedStyle(it).outlineStyle !== 'none');
}).map((one) => one.outerHTML.slice(0, 120))"""
MOVES = """() => document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 1)
  .map((one) => `${one.animationName ?? one.transitionProperty} of ${one.effect.target.outerHTML.slice(0, 100)}`)"""
PAPER = """() => {
  const paints = [document.body, document.documentElement].map((one) => getComputedStyle(one).backgroundColor);
  return paints.filter((paint) => !['rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].includes(paint));
}"""


def looks(page: Page, where: str, *, is_enlarged: bool = True, is_paper: bool = True) -> None:
    """All of them, or without larger text or paper; the page is as it was afterwards."""
    if is_enlarged:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        fits(page, f"{where} with text twice as large")
        page.evaluate("document.documentElement.style.fontSize = ''")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert page.evaluate(VANISHED) == [], f"{where} in forced colours"
    assert page.evaluate(NO_RING) == [], f"{where} in forced colours"
    assert page.evaluate(MOVES) == [], f"{where} without motion"
    page.emulate_media(forced_colors="none", reduced_motion="no-preference", media="print", color_scheme="dark")
    if is_paper:
        assert page.evaluate(PAPER) == [], f"{where} on paper"
    page.emulate_media(media="screen", color_scheme="light")
