/**
 * The parts that nobody needs at first sight: charts, marked drafts, what is kept, PINs.
 *
 * They are a second file beside this one, fetched once for the page when the first of them is
 * wanted. Until it is there, and where it cannot come, the words stand alone: nothing that is
 * said waits for a drawing.
 */

import { button, el } from "./elements.js";

const FILE = "belay-chat-more.js";

let parts = null;
let coming = null;
let tries = 0;
const waiting = [];

/** Calls back with the second file's parts, now or when they come. */
export function whenMore(tell) {
  if (parts) tell(parts);
  else waiting.push(tell);
}

/** Fetches the second file, unless it is here or on its way. */
export function fetchMore() {
  // Some browsers remember that an address failed: another try has another address.
  const url = new URL(tries ? `${FILE}?${tries}` : FILE, import.meta.url);
  coming ??= import(url).then(
    (found) => {
      parts = found.parts;
      waiting.splice(0).forEach((tell) => tell(parts));
      return parts;
    },
    (error) => {
      console.info("belay-chat: its second file could not be fetched.", error.name);
      coming = null;
      tries += 1;
      throw error;
    },
  );
  return coming;
}

/**
 * Fills a box with something that the second file draws.
 *
 * @param {Element} box
 * @param {Node[]} plain what stands there meanwhile
 * @param {(parts: object) => Node[]} draw
 * @param {Function} say words of the interface
 */
export function drawn(box, plain, draw, say) {
  const put = (found) => box.replaceChildren(...draw(found));
  if (parts) return put(parts);
  const told = el("p", { class: "muted", role: "status" });
  const again = button(say("retry"), () => bring(), { hidden: true });
  const bring = () =>
    fetchMore()
      .then((found) => {
        // The words were read out already; the same with a drawing is not news.
        box.setAttribute("aria-live", "off");
        put(found);
      })
      .catch(() => {
        told.textContent = say("part_missing");
        again.hidden = false;
      });
  box.replaceChildren(...plain, told, again);
  return bring();
}
