/**
 * Leaving at once: by the button, by a "leave" choice, or by pressing Escape twice.
 *
 * The view is emptied before the other page is asked for, so that nothing is left to read
 * while it loads, and this page is replaced in the tab's history. The browser's own history
 * stays; the interface says so.
 */

import { LEAVE_URL } from "./words.js";

const TWICE_MS = 2000;

/** The address to go to: what the server said if it is a web address, else the built-in one. */
export function leaveAddress(said, server) {
  if (!said) return LEAVE_URL;
  const url = new URL(said, `${server}/`);
  return /^https?:$/.test(url.protocol) ? url.href : LEAVE_URL;
}

/** Replaces this page. A chat inside a frame takes the whole page along where it may. */
export function goTo(url) {
  try {
    window.top.location.replace(url);
  } catch (refused) {
    // A sandboxed frame may only replace itself.
    console.info("belay-chat: the surrounding page could not be replaced.", refused.name);
    location.replace(url);
  }
}

export class EscapeTwice {
  #last = -Infinity;

  /**
   * Takes note of a key.
   *
   * @returns {"first" | "second" | null} which Escape this was, if it was one
   */
  press(event) {
    // Escape inside an input method only closes its list; a held key is one press.
    if (event.key !== "Escape" || event.isComposing || event.repeat) return null;
    const second = event.timeStamp - this.#last < TWICE_MS;
    this.#last = event.timeStamp;
    return second ? "second" : "first";
  }

  /** Whether a first Escape is waiting for its second. */
  armed(event) {
    return event.timeStamp - this.#last < TWICE_MS;
  }
}
