/** The text of a message as paragraphs, with links that lead out safely. */

import { el } from "./elements.js";

const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

/** Only these lead out of the chat; anything else in an address is shown as plain text. */
const SAFE = /^(https?|tel|sms):/i;

/** A link that opens beside the chat and does not say where it came from. */
export function link(href, text, attributes = {}) {
  if (!SAFE.test(href)) return document.createTextNode(text);
  const outside = /^http/i.test(href) ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return el("a", { href, ...outside, ...attributes }, text);
}

function withLinks(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), link(found[0], found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

/** Paragraphs of a message. A client's own words get no links. */
export function paragraphs(text, links = true) {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .map((part) => el("p", {}, ...(links ? withLinks(part) : [part])));
}
