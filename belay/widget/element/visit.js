/**
 * One visit: what this browser tab remembers between page loads, and for how long.
 *
 * Kept in sessionStorage: the view's random id, where its messages begin, the draft and the
 * messages that have not gone out yet. Never the conversation. After 30 idle minutes, or in
 * a new browser session, nothing is left and the chat opens empty.
 */

export const IDLE_MS = 30 * 60 * 1000;

/** A random id; randomUUID exists only on https and localhost. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function sessionStore() {
  try {
    const store = window.sessionStorage;
    store.getItem("");
    return store;
  } catch (refused) {
    // Storage is refused in some private modes and sandboxed frames: this page load then
    // is the whole visit.
    console.info("belay-chat: no session storage, the visit ends with this page.", refused.name);
    return null;
  }
}

export class Visit {
  #store = sessionStore();
  #key;
  #data;

  /** @param {string} server Belay's address; two servers on one page do not share a visit */
  constructor(server) {
    this.#key = `belay-chat ${server}`;
    const kept = JSON.parse(this.#store?.getItem(this.#key) ?? "null");
    const fresh = { view: newId(), start: null, before: null, last: Date.now(), draft: "", unsent: [] };
    this.#data = kept && Date.now() - kept.last < IDLE_MS ? { ...fresh, ...kept } : fresh;
    this.#save();
  }

  #save() {
    this.#store?.setItem(this.#key, JSON.stringify(this.#data));
  }

  #set(name, value) {
    this.#data[name] = value;
    this.#save();
  }

  get view() {
    return this.#data.view;
  }

  /** The cursor after which this view's messages come; null until the server named it. */
  get start() {
    return this.#data.start;
  }

  set start(cursor) {
    this.#set("start", cursor);
  }

  /** Where this view begins in the history: everything earlier is older. Null until named. */
  get before() {
    return this.#data.before;
  }

  set before(cursor) {
    this.#set("before", cursor);
  }

  get draft() {
    return this.#data.draft;
  }

  set draft(text) {
    this.#set("draft", text);
  }

  get unsent() {
    return this.#data.unsent;
  }

  set unsent(messages) {
    this.#set("unsent", messages);
  }

  /** Milliseconds until the visit counts as left alone; zero or less means it is over. */
  get remaining() {
    return this.#data.last + IDLE_MS - Date.now();
  }

  /** The person did something. */
  touch() {
    // Once a second is exact enough for 30 minutes and keeps typing free of storage writes.
    if (Date.now() - this.#data.last > 1000) this.#set("last", Date.now());
  }

  /** Starts a new, empty view. */
  renew() {
    this.#data = { view: newId(), start: null, before: null, last: Date.now(), draft: "", unsent: [] };
    this.#save();
  }

  /** Leaves no trace in this tab. */
  forget() {
    this.#store?.removeItem(this.#key);
    this.#store = null;
  }
}
