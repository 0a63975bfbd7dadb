/** Telling the server what was really shown, so that it can forget what it must not keep. */

import { ask } from "./http.js";

const PAUSE_MS = 400;

export class SeenNotes {
  #server;
  #visible;
  #shown = 0;
  #told = 0;
  #timer = 0;

  /**
   * @param {string} server
   * @param {() => boolean} visible whether a person can see the conversation now
   */
  constructor(server, visible) {
    this.#server = server;
    this.#visible = visible;
  }

  /** A message stands in the conversation. */
  shown(cursor) {
    this.#shown = Math.max(this.#shown, cursor);
    this.tell();
  }

  /** Tells what is new, if a person can see it; call again when that changes. */
  tell() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), PAUSE_MS);
  }

  async #send() {
    const cursor = this.#shown;
    if (cursor <= this.#told || document.hidden || !this.#visible()) return;
    try {
      await ask(this.#server, "/chat/seen", { cursor });
      this.#told = Math.max(this.#told, cursor);
    } catch (error) {
      // Told again with the next message, or when the page is looked at again.
      console.info("belay-chat: could not say what was shown.", error.name);
    }
  }
}
