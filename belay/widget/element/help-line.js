/** One help line: its name and the ways to reach it. */

import { el } from "./elements.js";
import { link } from "./links.js";

const bare = (address) => address.replace(/^https?:\/\//, "");
const isNumber = (text) => /^[\d\s()+-]+$/.test(text);

/** The digits of a number, for an address to call. */
export const digits = (text) => text.replace(/[^\d+]/g, "");

/** One help line as a list item; numbers can be tapped. */
export function helpLine(line, say) {
  const way = (key, text, href) =>
    text ? el("li", {}, el("span", {}, `${say(key)}:`), href ? link(href, bare(text)) : text) : null;
  return el(
    "li",
    {},
    el("p", { class: "title" }, line.name),
    el(
      "ul",
      {},
      way("call", line.call, line.call && digits(line.call) ? `tel:${digits(line.call)}` : null),
      way("text", line.text, line.text && isNumber(line.text) ? `sms:${digits(line.text)}` : null),
      way("chat", line.chat, line.chat),
      way("website", line.url, line.url),
    ),
    line.note ? el("p", { class: "muted" }, line.note) : null,
  );
}
