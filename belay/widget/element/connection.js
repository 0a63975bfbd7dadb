/**
 * The line from the server: open the view, then listen to its events and keep listening.
 *
 * Every (re)connect first opens the view, which renews the cookie and gives clear status
 * codes, and then resumes the event stream after the last cursor seen. Nothing is missed;
 * what comes twice is shown once because messages carry ids.
 */

import { ask, backoffMs } from "./http.js";

const EVENTS = ["message", "typing", "gone", "status"];
const STEADY_MS = 5000; // a stream that lived this long resets the backoff
const STALL_MS = 12000; // after a message went out, silence this long means a dead line
const REST_MS = 60000; // a hidden page gives its stream back after this long

export class Connection {
  #server;
  #visit;
  #on;
  #source = null;
  #turn = 0; // answers that belong to an older attempt are ignored
  #attempt = 0;
  #timer = 0;
  #stall = 0;
  #rest = 0;
  #running = false;
  #cursor = null;

  /**
   * @param {string} server
   * @param {import("./visit.js").Visit} visit
   * @param {Record<string, Function>} on opened, online, and one handler per event
   */
  constructor(server, visit, on) {
    this.#server = server;
    this.#visit = visit;
    this.#on = on;
  }

  /** Connects, and stays connected until `stop`. */
  start() {
    if (this.#running) return;
    this.#running = true;
    this.#cursor = this.#visit.start;
    addEventListener("online", this.retryNow);
    addEventListener("offline", this.#offline);
    document.addEventListener("visibilitychange", this.#visibility);
    this.#connect();
  }

  stop() {
    this.#running = false;
    removeEventListener("online", this.retryNow);
    removeEventListener("offline", this.#offline);
    document.removeEventListener("visibilitychange", this.#visibility);
    clearTimeout(this.#rest);
    this.#hangUp();
  }

  /** Forgets the old view's place and opens the visit's new view. */
  restart() {
    this.#cursor = null;
    if (!this.#running) return;
    if (document.hidden) this.#hangUp(); // until somebody looks
    else this.retryNow();
  }

  retryNow = () => {
    this.#attempt = 0;
    if (this.#running) this.#connect();
  };

  /** A message went out: if nothing at all comes back, the line is dead without saying so. */
  expectAnswer() {
    clearTimeout(this.#stall);
    this.#stall = setTimeout(this.retryNow, STALL_MS);
  }

  #hangUp() {
    this.#turn += 1;
    this.#source?.close();
    this.#source = null;
    clearTimeout(this.#timer);
    clearTimeout(this.#stall);
  }

  async #connect() {
    this.#hangUp();
    const turn = this.#turn;
    let opened;
    try {
      opened = await ask(this.#server, "/chat/open", { view: this.#visit.view });
    } catch (error) {
      if (turn === this.#turn) {
        this.#on.online(false);
        this.#later(error.retryAfter);
      }
      return;
    }
    if (turn !== this.#turn) return;
    this.#cursor ??= opened.cursor;
    this.#visit.start ??= opened.cursor;
    this.#visit.before ??= opened.before ?? null;
    // Whoever is told may have shown everything up to now already.
    const shown = await this.#on.opened(opened);
    if (turn !== this.#turn) return;
    this.#cursor = Math.max(this.#cursor, shown ?? 0);
    this.#listen(turn);
  }

  #listen(turn) {
    const url = `${this.#server}/chat/events?cursor=${this.#cursor}`;
    const source = new EventSource(url, { withCredentials: true });
    let since = Infinity;
    this.#source = source;
    source.onopen = () => {
      since = performance.now();
      this.#on.online(true);
    };
    source.onerror = () => {
      // The browser's own retry does not back off and hides the reason, so ours takes over.
      if (turn !== this.#turn) return;
      this.#hangUp();
      if (performance.now() - since > STEADY_MS) this.#attempt = 0;
      if (!navigator.onLine) this.#on.online(false);
      this.#later();
    };
    for (const kind of EVENTS) {
      source.addEventListener(kind, (event) => {
        if (turn !== this.#turn) return;
        clearTimeout(this.#stall);
        const data = JSON.parse(event.data);
        const cursor = Number(event.lastEventId) || data.cursor;
        if (cursor > this.#cursor) this.#cursor = cursor;
        this.#on[kind](data, this.#cursor);
      });
    }
  }

  #later(retryAfter = 0) {
    clearTimeout(this.#timer);
    const wait = backoffMs(this.#attempt, retryAfter);
    this.#attempt += 1;
    this.#timer = setTimeout(() => this.#connect(), wait);
  }

  #offline = () => {
    this.#on.online(false);
    this.#hangUp();
    this.#later();
  };

  #visibility = () => {
    clearTimeout(this.#rest);
    if (document.hidden) {
      // Browsers allow few streams for each host; a page nobody looks at needs none.
      this.#rest = setTimeout(() => this.#hangUp(), REST_MS);
    } else if (this.#source?.readyState !== EventSource.OPEN) {
      this.retryNow();
    }
  };
}
