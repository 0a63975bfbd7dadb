/**
 * Messages on their way to the server, one at a time and in order.
 *
 * A message keeps the id it was made with, so trying again is safe: the server answers a
 * second copy with "duplicate". What has not gone out survives a reload of the page.
 */

import { ask, backoffMs } from "./http.js";
import { newId } from "./visit.js";

export class Outbox {
  #server;
  #visit;
  #on;
  #queue = [];
  #ready = false;
  #busy = false;
  #attempt = 0;
  #timer = 0;

  /**
   * @param {string} server
   * @param {import("./visit.js").Visit} visit
   * @param {Record<"trying" | "accepted" | "waiting" | "refused" | "unknown", Function>} on
   */
  constructor(server, visit, on) {
    this.#server = server;
    this.#visit = visit;
    this.#on = on;
    this.#queue = [...visit.unsent];
  }

  get waiting() {
    return [...this.#queue];
  }

  /** Puts a text or a pressed button into the line and returns it with its id. */
  add(content) {
    const message = { id: newId(), ...content };
    this.#queue.push(message);
    this.#keep();
    this.#pump();
    return message;
  }

  /** The view is open (again): what waits may go. */
  resume() {
    this.#ready = true;
    clearTimeout(this.#timer);
    this.#pump();
  }

  retryNow() {
    clearTimeout(this.#timer);
    this.#attempt = 0;
    this.#pump();
  }

  /** The server showed the message back, so it arrived even if its answer was lost. */
  settle(id) {
    if (!this.#queue.some((message) => message.id === id)) return;
    this.#queue = this.#queue.filter((message) => message.id !== id);
    this.#keep();
  }

  /** Drops what waits: the view is emptied, and nothing of it may turn up later. */
  clear() {
    clearTimeout(this.#timer);
    this.#queue = [];
    this.#keep();
  }

  #keep() {
    // A PIN outlives no page: it is asked for again.
    this.#visit.unsent = this.#queue.filter((message) => !message.secret);
  }

  async #pump() {
    if (this.#busy || !this.#ready || !this.#queue.length) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    const message = this.#queue[0];
    this.#on.trying(message);
    try {
      const { secret, ...body } = message;
      await ask(this.#server, "/chat/messages", body);
      this.#attempt = 0;
      this.settle(message.id);
      this.#on.accepted(message);
    } catch (error) {
      const passing = error.status === undefined || error.passing;
      if (this.#queue[0] !== message) {
        // Settled or cleared meanwhile: the failure says nothing about what is left.
      } else if (passing) {
        this.#on.waiting(message);
        this.#later(error);
        this.#busy = false;
        return;
      } else {
        this.settle(message.id);
        this.#on.refused(message, error.detail);
      }
    }
    this.#busy = false;
    this.#pump();
  }

  #later(error) {
    // Without a cookie of ours nothing goes through: opening the view again gives a new one,
    // and the queue rests until then. The first time at once, later with the usual patience.
    const unknown = error.status === 401 || error.status === 403;
    if (unknown) this.#ready = false;
    const wait = unknown && !this.#attempt ? 0 : backoffMs(this.#attempt, error.retryAfter);
    this.#attempt += 1;
    this.#timer = setTimeout(() => (unknown ? this.#on.unknown() : this.#pump()), wait);
  }
}
