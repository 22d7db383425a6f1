/** From one html of the server to the next, touching only what differs: what a person has under the finger stays where it is. */

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // from our server only, where all that people wrote is escaped
  return template.content;
}

function sameStart(olds, news) {
  let count = 0;
  while (count < olds.length && count < news.length && olds[count].isEqualNode(news[count])) count += 1;
  return count;
}

function attributeChange(live, before, after) {
  const names = new Set([...before.getAttributeNames(), ...after.getAttributeNames()]);
  const changed = [...names].filter((name) => before.getAttribute(name) !== after.getAttribute(name));
  if (!changed.length) return [];
  const apply = () => {
    for (const name of changed) {
      if (after.hasAttribute(name)) live.setAttribute(name, after.getAttribute(name));
      else live.removeAttribute(name);
    }
  };
  return [{ node: live, isDeep: false, apply }];
}

function replacement(live, lives, news) {
  const apply = () => {
    const anchor = lives.length ? lives.at(-1).nextSibling : null;
    for (const node of lives) node.remove();
    for (const node of news) live.insertBefore(document.importNode(node, true), anchor);
  };
  return lives.length ? lives.map((node, index) => ({ node, isDeep: true, apply: index ? () => {} : apply })) : [{ node: live, isDeep: false, apply }];
}

const isSameElement = (a, b) => a.nodeType === Node.ELEMENT_NODE && a.nodeName === b.nodeName && a.id === b.id;

function pairChange(live, before, after) {
  if (before.isEqualNode(after)) return [];
  if (!isSameElement(before, after) || !isSameElement(before, live)) return replacement(live.parentNode, [live], [after]);
  return [...attributeChange(live, before, after), ...changes(live, before, after)];
}

/**
 * What to do with `live` so that it goes from `before` to `after` (both as the server wrote them), as a list of
 * {node, isDeep, apply}: `isDeep` changes take the node away, others change its attributes or put something into it.
 */
export function changes(live, before, after) {
  const [lives, olds, news] = [live, before, after].map((node) => [...node.childNodes]);
  const start = sameStart(olds, news);
  if (start === olds.length && start === news.length) return [];
  if (lives.length !== olds.length) return replacement(live, lives, news); // a script has rebuilt this part
  const end = sameStart(olds.slice(start).reverse(), news.slice(start).reverse());
  const cut = (nodes) => nodes.slice(start, nodes.length - end);
  const [middle, from, to] = [cut(lives), cut(olds), cut(news)];
  if (from.length === to.length) return from.flatMap((old, index) => pairChange(middle[index], old, to[index]));
  if (middle.length) return replacement(live, middle, to);
  const anchor = lives[start] ?? null;
  const apply = () => to.forEach((node) => live.insertBefore(document.importNode(node, true), anchor));
  return [{ node: live, isDeep: false, apply }];
}
