/** A page as a file that needs nothing else: its own style, its pictures inside, no script and nothing to press. */

const GONE = "script, template, noscript, .no-print, [hidden], .i, [data-gave-nothing]";
const STYLE = `body{font:17px/1.5 system-ui,sans-serif;color:#14262B;background:#fff;max-width:40rem;margin:2rem auto;padding:0 1.25rem}
h1,h2,blockquote,b{font-family:Georgia,serif;font-weight:400;line-height:1.2}h3{font-size:1rem;margin:1rem 0 .25rem}
section{border-top:3px solid #FFCF5C;margin-top:2rem}.room,.sub{color:#4a5a5f}.own-line{margin:.25rem 0}.own-line b{font-size:1.375rem;margin-right:.75em}
blockquote{margin:.5rem 0;padding-left:1rem;border-left:.375rem solid #FFCF5C;font-size:1.25rem}
.note-card{border:1.5px dashed #14606D;border-radius:8px;padding:.5rem 1rem;margin:1rem 0}.note-card [data-words]{white-space:pre-wrap}.whose{color:#14606D;font-size:.95rem}
img{width:7.5rem;height:auto}li{list-style:none}ul{padding:0}`;

async function inside(image) {
  try {
    const blob = await (await fetch(image.src)).blob();
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener("load", resolve, { once: true }));
    reader.readAsDataURL(blob);
    await read;
    image.src = reader.result;
  } catch {
    image.replaceWith(image.alt);
  }
}

/** The text of an HTML file with what `place` shows now. */
export async function newPage(place) {
  const page = document.implementation.createHTMLDocument(document.title);
  const copy = page.importNode(place, true);
  for (const element of copy.querySelectorAll(GONE)) element.remove();
  for (const section of copy.querySelectorAll("section")) if (!section.querySelector(":scope > :not(h2)")) section.remove(); // a bare heading
  for (const link of copy.querySelectorAll("a[href]")) link.setAttribute("href", new URL(link.getAttribute("href"), location.href));
  await Promise.all([...copy.querySelectorAll("img")].map((image) => {
    image.src = new URL(image.getAttribute("src"), location.href);
    return inside(image);
  }));
  page.body.append(copy);
  const { lang } = document.documentElement;
  const title = page.querySelector("title").outerHTML;
  // Put together as text: this page's own policy would not let a made document have a style.
  return `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${title}<style>${STYLE}</style></head>${page.body.outerHTML}</html>`;
}
