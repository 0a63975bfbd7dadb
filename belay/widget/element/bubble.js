/** One message as the person sees and hears it. */

import { cardOf } from "./cards.js";
import { button, el, spoken } from "./elements.js";
import { link, paragraphs } from "./links.js";
import { drawn, fetchMore } from "./more.js";

const STYLES = new Set(["care", "quiet", "leave"]);
const CARE_TIER = 2;

/** Who speaks, in words. */
function speaker(message, say) {
  if (message.from === "you") return say("you");
  if (message.from === "coach") return `${message.name ?? ""}, ${say("coach")}`.replace(/^, /, "");
  return message.name ?? say("bot");
}

function choice(option, choices, say, act) {
  const style = STYLES.has(option.style) ? option.style : "plain";
  // A number to call cannot be a message: it is a link that looks like its neighbours.
  if (option.url) return link(option.url, option.title, { class: `choice ${style}` });
  const node = button(option.title, () => {
    if (option.style === "leave") return act.leave();
    if (node.classList.contains("chosen")) return undefined;
    settle(choices);
    node.classList.add("chosen");
    node.append(spoken(`, ${say("chosen")}`));
    return act.press({ button: option.value, title: option.title });
  }, { class: `choice ${style}` });
  return node;
}

/** The choices of a message stay readable and usable, but no longer ask to be pressed. */
export function settle(choices) {
  choices?.classList.add("settled");
}

/**
 * Builds the node of a message.
 *
 * @param {object} message as the contract of the events has it
 * @param {Function} say words of the interface
 * @param {{press: Function, leave: Function, secret: Function, server: string}} act
 * @returns {HTMLElement} with `data-id`; parts: bubble, card, choices, state
 */
export function bubble(message, say, act) {
  const caring = message.tier >= CARE_TIER;
  const name = speaker(message, say);
  const node = el("div", {
    class: `turn ${message.from}${caring ? " caring" : ""}`,
    "data-id": message.id,
  });
  if (message.from === "coach") node.append(el("p", { class: "who" }, name), spoken(": "));
  else node.append(spoken(`${name}: `));
  if (message.text) {
    const links = message.from !== "you";
    const { text, marks } = message;
    const words = el("div", { class: "bubble" }, ...paragraphs(text, links));
    if (marks?.length) drawn(words, [...words.childNodes], (parts) => parts.withMarks(text, marks, links), say);
    node.append(words);
  }
  if (message.card) node.append(cardOf(message.card, say, act));
  if (message.buttons?.length) {
    const choices = el("div", { class: "choices", role: "group", "aria-label": say("choices") });
    choices.append(...message.buttons.map((option) => choice(option, choices, say, act)));
    node.append(choices);
  }
  if (message.asks) {
    node.dataset.asks = message.asks;
    // Without the form the place for writing takes the PIN as well, and hides it.
    fetchMore().then((parts) => parts.askSecret(node, message, say, act), () => null);
  }
  return node;
}

/** Says beneath a message of the client that it is still here, and offers another try. */
export function showState(node, text, retry) {
  node.querySelector(".state")?.remove();
  if (text) node.append(el("p", { class: "state" }, `${text} `, retry));
}
