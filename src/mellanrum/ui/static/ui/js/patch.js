/** From one html of the server to the next, touching only what differs: what a person has under the finger stays where it is. */

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // from our server only, where all that people wrote is escaped
  return template.content;
}

/** Pairs of places [old, new] of what stays as it is, in order: texts only where they are expected next, elements wherever they went. */
function staying(olds, news) {
  const pairs = [];
  let next = 0;
  olds.forEach((old, index) => {
    const end = old.nodeType === Node.ELEMENT_NODE ? news.length : next + 1;
    const place = news.slice(0, end).findIndex((one, number) => number >= next && one.isEqualNode(old));
    if (place < 0) return;
    pairs.push([index, place]);
    next = place + 1;
  });
  return pairs;
}

/** The stretches between what stays: {at, from, to}. */
function stretches(olds, news) {
  const found = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...staying(olds, news), [olds.length, news.length]]) {
    if (a > i || b > j) found.push({ at: i, from: olds.slice(i, a), to: news.slice(j, b) });
    [i, j] = [a + 1, b + 1];
  }
  return found;
}

function attributeChange(live, before, after) {
  const names = new Set([...before.getAttributeNames(), ...after.getAttributeNames()]);
  const changed = [...names].filter((name) => before.getAttribute(name) !== after.getAttribute(name));
  if (!changed.length) return [];
  const follows = changed.includes("value") && live.value === before.getAttribute("value") && live.type !== "radio";
  const apply = () => {
    if (follows) live.value = after.getAttribute("value") ?? ""; // a field that nobody has written in
    for (const name of changed) {
      if (after.hasAttribute(name)) live.setAttribute(name, after.getAttribute(name));
      else live.removeAttribute(name);
    }
  };
  return [{ node: live, isDeep: false, apply }];
}

/** `gone` are neighbours in `parent`, `before` what comes after them. */
function replacement(parent, gone, fresh, before) {
  const apply = () => {
    for (const node of gone) node.remove();
    for (const node of fresh) parent.insertBefore(document.importNode(node, true), before);
  };
  if (!gone.length) return [{ node: parent, isDeep: false, apply }];
  return gone.map((node, index) => ({ node, isDeep: true, apply: index ? () => {} : apply }));
}

// Rows with a control in them are things of their own: a tick must not stay behind on another line's words.
const WHOLE = "li, label, fieldset";

function isSameElement(a, b) {
  return a.nodeType === Node.ELEMENT_NODE && a.nodeName === b.nodeName && a.id === b.id && !a.matches(WHOLE);
}

function pairChange(live, before, after) {
  if (before.isEqualNode(after)) return [];
  if (!isSameElement(before, after) || !isSameElement(before, live)) return replacement(live.parentNode, [live], [after], live.nextSibling);
  return [...attributeChange(live, before, after), ...changes(live, before, after)];
}

/**
 * What to do with `live` so that it goes from `before` to `after` (both as the server wrote them), as a list of
 * {node, isDeep, apply}: `isDeep` changes take the node away, others change its attributes or put something into it.
 */
export function changes(live, before, after) {
  const [lives, olds, news] = [live, before, after].map((node) => [...node.childNodes]);
  const parts = stretches(olds, news);
  if (parts.length && lives.length !== olds.length) return replacement(live, lives, news, null); // a script has rebuilt this part
  return parts.flatMap(({ at, from, to }) => {
    const middle = lives.slice(at, at + from.length);
    if (from.length === to.length) return from.flatMap((old, index) => pairChange(middle[index], old, to[index]));
    return replacement(live, middle, to, lives[at + from.length] ?? null);
  });
}
