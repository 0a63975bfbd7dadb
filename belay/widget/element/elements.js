/** Building DOM without markup strings: nothing a server or a person wrote is ever parsed as HTML. */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Makes an HTML element; attributes whose name starts with "on" become listeners. */
export const el = (tag, attributes = {}, ...children) =>
  fill(document.createElement(tag), attributes, children);

/** Makes an SVG element. */
export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

/** Makes a button that never submits a form. */
export const button = (title, onclick, attributes = {}) =>
  el("button", { type: "button", onclick, ...attributes }, title);

/** Text for screen readers only. */
export const spoken = (text) => el("span", { class: "spoken" }, text);
