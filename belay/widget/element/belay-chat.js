/**
 * <belay-chat>: a conversation with Belay on any web page.
 *
 * Attributes: `server` (Belay's address; by default where this file came from), `mode`
 * ("launcher" for a round button that opens a panel; otherwise the element fills its
 * container), `open` (the panel is open), `start-text` (a line of the page's own above
 * Belay's introduction). The host page's title is never touched, and nothing is asked of
 * the server before the chat is open.
 */

import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { Earlier } from "./earlier.js";
import { buildFrame } from "./frame.js";
import { HelpPanel } from "./help.js";
import { Intro } from "./intro.js";
import { EscapeTwice, goTo, leaveAddress } from "./leaving.js";
import { MessageLog } from "./log.js";
import { fetchMore, whenMore } from "./more.js";
import { Outbox } from "./outbox.js";
import { SeenNotes } from "./seen.js";
import { sheets } from "./styles.js";
import { Visit } from "./visit.js";
import { wordsFrom } from "./words.js";

const LATE_MS = 5000; // a message that needs longer to go out says so

class BelayChat extends HTMLElement {
  static observedAttributes = ["open", "start-text"];

  #server;
  #launched;
  #say = wordsFrom({});
  #labels = "";
  #leaveUrl;
  #visit;
  #replays;
  #connection;
  #outbox;
  #frame;
  #log;
  #help;
  #composer;
  #earlier;
  #seen;
  #intro = new Intro(() => this.#sendOff({ text: this.#say("link_device") }));
  #escape = new EscapeTwice();
  #connected = false;
  #idleTimer = 0;

  /** Whether the chat is to be seen: always inline, and as a panel when it is open. */
  get open() {
    return !this.#launched || this.hasAttribute("open");
  }

  set open(on) {
    this.toggleAttribute("open", Boolean(on));
  }

  connectedCallback() {
    if (!this.#frame) this.#build();
    document.addEventListener("keydown", this.#key, true);
    document.addEventListener("visibilitychange", this.#visibility);
    this.#toggle();
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#key, true);
    document.removeEventListener("visibilitychange", this.#visibility);
    clearTimeout(this.#idleTimer);
    this.#connection.stop();
  }

  attributeChangedCallback(name) {
    if (name === "start-text") this.#intro.start = this.getAttribute("start-text") ?? "";
    else if (this.#frame && this.isConnected) this.#toggle();
  }

  #build() {
    this.#server = (this.getAttribute("server") || new URL(import.meta.url).origin).replace(/\/+$/, "");
    this.#launched = this.getAttribute("mode") === "launcher";
    this.#visit = new Visit(this.#server);
    this.#replays = this.#visit.start !== null;
    this.#wire();
    this.#draw();
    this.#relabel({});
    this.#composer.text = this.#visit.draft;
    for (const entry of this.#outbox.waiting) this.#log.addOwn(entry);
    this.#sayUnsent();
  }

  /** What goes to the server and comes from it. */
  #wire() {
    this.#outbox = new Outbox(this.#server, this.#visit, {
      accepted: ({ id }) => {
        this.#log.accepted(id);
        this.#connection.expectAnswer();
      },
      trying: ({ id }) => this.#log.trying(id),
      waiting: ({ id }) => this.#log.unsent(id, !this.#connected),
      refused: ({ id }, detail) => this.#log.refused(id, detail),
      unknown: () => this.#connection.retryNow(),
    });
    this.#connection = new Connection(this.#server, this.#visit, {
      opened: (opened) => this.#opened(opened),
      online: (on) => this.#online(on),
      message: (message) => this.#message(message),
      typing: ({ on, name }) => this.#log.typing(on, name ?? this.#say("bot")),
      gone: ({ before }, cursor) => this.#gone(cursor, before),
      status: ({ help_now }) => this.#frame.help.classList.toggle("offered", help_now),
    });
    this.#seen = new SeenNotes(this.#server, () => this.open);
    this.#earlier = new Earlier(this.#server, this.#visit, {
      messages: (messages) => this.#log.prepend(messages),
      failed: (detail) => (this.#frame.notice = detail || this.#say("offline")),
      done: () => this.#composer.focus(),
      say: (...word) => this.#say(...word),
    });
  }

  /** What the person sees. */
  #draw() {
    const act = {
      server: this.#server,
      press: (content) => this.#sendOff(content),
      leave: () => this.leave(),
      // Not while somebody is writing: the focus would run away under their fingers.
      secret: (form) => this.#visit.draft || form.focus() || this.#log.toEnd(),
      retry: () => {
        this.#outbox.retryNow();
        this.#connection.retryNow();
      },
    };
    this.#log = new MessageLog(this.#say, act, this.#intro.node, this.#earlier.node);
    this.#help = new HelpPanel(this.#server, this.#say, () => this.#toggleHelp(false));
    this.#composer = new Composer(
      this.#say,
      (text) => this.#sendOff({ text }),
      (draft) => (this.#visit.draft = draft),
    );
    this.#frame = buildFrame(
      this.#launched,
      {
        leave: act.leave,
        help: () => this.#toggleHelp(!this.#help.isOpen),
        close: () => (this.open = false),
        open: () => (this.open = true),
      },
      { talk: this.#log.node, help: this.#help.node, composer: this.#composer.node },
    );
    const { root, launcher } = this.#frame;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = sheets;
    whenMore((parts) => shadow.adoptedStyleSheets.push(...parts.sheets));
    shadow.append(launcher, root);
    for (const kind of ["keydown", "pointerdown"]) root.addEventListener(kind, () => this.#visit.touch());
    // Keys typed here are not the host page's shortcuts.
    root.addEventListener("keydown", (event) => event.stopPropagation());
    // Escape has a meaning of its own here; a panel closed by the browser is closed for us too.
    root.addEventListener("cancel", (event) => event.preventDefault());
    // The event comes late; meanwhile the panel may have been opened again.
    root.addEventListener("close", () => (this.open = this.open && root.open));
  }

  #relabel(labels, placeholder) {
    const known = JSON.stringify([labels, placeholder]);
    if (known === this.#labels) return;
    this.#labels = known;
    this.#say = wordsFrom(labels);
    const parts = [this.#frame, this.#intro, this.#earlier, this.#log, this.#help];
    for (const part of parts) part.relabel(this.#say);
    this.#composer.relabel(this.#say, placeholder);
  }

  #toggle() {
    if (this.#launched) this.#frame.show(this.open, () => this.#composer.focus());
    if (!this.open) return;
    this.#checkIdle();
    this.#connection.start();
    this.#log.toEnd();
    this.#seen.tell();
  }

  async #opened({ cursor, resumable, question, intro, placeholder, leave_url, labels }) {
    this.#leaveUrl = leave_url;
    this.#relabel(labels, placeholder);
    this.#intro.opened(intro, this.#say("leave_note"), resumable);
    this.#earlier.offer(resumable);
    // Fetched before they are needed, so that they are there when the connection is not.
    if (!this.#help.isOpen) this.#help.load();
    const ours = this.#replays ? await this.#earlier.ofThisView(question) : null;
    if (this.#replays) this.#log.muteForReplay();
    this.#replays = false;
    ours?.messages.forEach((message) => this.#log.add(message));
    this.#outbox.resume();
    if (!ours?.whole) return null;
    this.#seen.shown(cursor);
    return cursor;
  }

  #online(on) {
    this.#connected = on;
    this.#frame.notice = on ? "" : this.#say("offline");
    if (on) return;
    this.#log.typing(false);
    this.#sayUnsent();
  }

  /** Marks what has not gone out: everything, or one message if it is still waiting. */
  #sayUnsent(only = null) {
    for (const { id } of this.#outbox.waiting) {
      if (only === null || id === only) this.#log.unsent(id, !this.#connected);
    }
  }

  #message(message) {
    this.#outbox.settle(message.id);
    this.#log.add(message);
    if (message.from !== "you" && !this.open) this.#frame.unread = true;
    this.#seen.shown(message.cursor);
  }

  #sendOff(content) {
    this.#visit.touch();
    this.#toggleHelp(false);
    const entry = this.#outbox.add(this.#log.isSecret(content.text) ? { ...content, secret: true } : content);
    this.#log.addOwn(entry);
    // What an exercise draws comes along now; where it does not, the log has said so.
    fetchMore().catch(() => null);
    if (navigator.onLine) setTimeout(() => this.#sayUnsent(entry.id), LATE_MS);
    else this.#sayUnsent();
    // With a mouse or keyboard the writing place is where one goes on; on a touch screen
    // the keyboard would jump up over the buttons.
    if (!matchMedia("(pointer: coarse)").matches) this.#composer.focus();
  }

  #gone(cursor, before = 0) {
    this.#empty();
    this.#earlier.end();
    this.#visit.start = cursor;
    this.#visit.before = before; // whatever comes from here on belongs to this view
  }

  #empty() {
    this.#log.clear();
    this.#outbox.clear();
  }

  /** After 30 minutes alone the chat is empty and neutral again. */
  #checkIdle() {
    clearTimeout(this.#idleTimer);
    if (this.#visit.remaining <= 0) {
      this.#empty();
      this.#visit.renew();
      this.#earlier.reset();
      this.#composer.text = "";
      this.#toggleHelp(false);
      this.#connection.restart();
    }
    this.#idleTimer = setTimeout(() => this.#checkIdle(), this.#visit.remaining + 50);
  }

  #toggleHelp(on) {
    if (on === this.#help.isOpen) return;
    this.#frame.help.setAttribute("aria-expanded", String(on));
    this.#log.node.inert = on;
    if (on) {
      this.#help.open();
    } else {
      this.#help.close();
      this.#frame.help.focus();
    }
  }

  /** Empties the view, forgets the visit and replaces this page with another one. */
  leave() {
    this.style.display = "none";
    this.#connection.stop();
    this.#empty();
    this.#composer.text = "";
    this.#visit.forget();
    goTo(leaveAddress(this.#leaveUrl, this.#server));
  }

  #key = (event) => {
    if (!this.open && !this.#escape.armed(event)) return;
    const which = this.#escape.press(event);
    if (which === "second") this.leave();
    else if (which === "first" && this.#help.isOpen) this.#toggleHelp(false);
    else if (which === "first" && this.#launched) this.open = false;
  };

  #visibility = () => {
    if (document.hidden) return;
    this.#checkIdle();
    this.#seen.tell();
  };
}

if (!customElements.get("belay-chat")) customElements.define("belay-chat", BelayChat);
