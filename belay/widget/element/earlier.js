/** Earlier messages: only when the person asks for them, a page at a time. */

import { button } from "./elements.js";
import { ask } from "./http.js";

export class Earlier {
  #server;
  #on;
  #before = null;
  #done = false;

  /**
   * @param {string} server
   * @param {{start: () => number, messages: Function, failed: Function, done: Function}} on
   *   `start` gives the cursor where this view began; `done` is called when nothing is left
   */
  constructor(server, on) {
    this.#server = server;
    this.#on = on;
    this.node = button("", () => this.#show(), { hidden: true });
  }

  /** Offers the button if the server holds something from before this view. */
  offer(resumable) {
    this.node.hidden = !resumable || this.#done;
  }

  /** A new view begins: what was shown is to be asked for again. */
  reset() {
    this.#before = null;
    this.#done = false;
  }

  /** There is nothing from before any more. */
  end() {
    this.#done = true;
    this.node.hidden = true;
  }

  async #show() {
    this.node.disabled = true;
    try {
      const before = this.#before ?? this.#on.start() + 1;
      const { messages, more } = await ask(this.#server, `/chat/history?before=${before}`);
      this.#on.messages(messages);
      this.#before = Math.min(before, ...messages.map((message) => message.cursor));
      if (!more || !messages.length) {
        this.end();
        this.#on.done();
      }
    } catch (error) {
      this.#on.failed(error.detail);
    } finally {
      this.node.disabled = false;
    }
  }
}
