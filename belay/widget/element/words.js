/**
 * The words of the interface.
 *
 * Every sentence lives in Belay's content and arrives with `POST /chat/open`. The list below
 * is only for the time before that answer, when there may be no connection at all.
 */

export const OFFLINE_WORDS = {
  bot: "Belay",
  bot_tagline: "a program, not a person",
  leave: "Leave",
  help_now: "Help now",
  help_offline: "In danger now? Call your local emergency number.",
  help_page: "Open the help lines as a page",
  open: "Open the chat",
  close: "Close",
  log: "Conversation",
  placeholder: "Write here",
  send: "Send",
  you: "You",
  offline: "No connection. Your words stay here and go out when it is back.",
  not_sent: "Not sent yet.",
  retry: "Try again",
};

/** Where "Leave" goes before the server has said where to go. */
export const LEAVE_URL = "https://www.wikipedia.org/";

/**
 * Returns a function that gives the word for a key, with `{name}` parts filled in.
 *
 * A key that nobody defined comes back as readable text, so that no button is ever nameless.
 *
 * @param {Record<string, string>} labels words from the server; they win over the offline list
 * @returns {(key: string, values?: Record<string, string | number>) => string}
 */
export function wordsFrom(labels) {
  return (key, values = {}) =>
    (labels[key] ?? OFFLINE_WORDS[key] ?? key.replaceAll("_", " ")).replace(
      /\{(\w+)\}/g,
      (whole, name) => values[name] ?? whole,
    );
}
