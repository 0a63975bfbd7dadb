/** The progress drawing: one thin line for each exercise, from confidence before to after. */

import { el, spoken, svg } from "./elements.js";

const TOP = 10;
const across = (value) => `${6 + (value / TOP) * 88}%`;
const given = (value) => typeof value === "number";

function drawing(point) {
  const { before, after } = point;
  const parts = [svg("line", { class: "track", x1: across(0), x2: across(TOP), y1: 14, y2: 14 })];
  const label = (value, name) =>
    svg("text", { class: name, x: across(value), y: 36, "text-anchor": "middle" }, String(value));
  if (given(before) && given(after) && before !== after) {
    parts.push(svg("line", { class: "way", x1: across(before), x2: across(after), y1: 14, y2: 14 }));
  }
  if (given(before) && before !== after) {
    parts.push(svg("circle", { class: "before", cx: across(before), cy: 14, r: 6 }), label(before, "before"));
  }
  if (given(after)) {
    parts.push(svg("circle", { class: "after", cx: across(after), cy: 14, r: 7 }), label(after, "after"));
  }
  return svg("svg", { class: "confidence", height: 42, "aria-hidden": "true" }, ...parts);
}

function table(points, say) {
  const head = ["exercise", "before", "after"].map((key) => el("th", { scope: "col" }, say(key)));
  const rows = points.map((point) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, point.label),
      ...[point.before, point.after].map((value) => el("td", {}, given(value) ? String(value) : "–")),
    ),
  );
  return el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

/**
 * Draws the lines, and the same numbers as a table that opens beneath.
 *
 * @param {{label: string, before: number | null, after: number | null}[]} points
 * @param {Function} say words of the interface
 */
export function progress(points, say) {
  const rows = points.map((point) => {
    const change = [point.before, point.after].map((value) => (given(value) ? value : "–"));
    return el(
      "li",
      {},
      el("span", {}, point.label),
      spoken(`: ${say("before")} ${change[0]}, ${say("after")} ${change[1]}`),
      drawing(point),
    );
  });
  return [
    el("ul", { class: "lines-of-progress" }, rows),
    el("p", { class: "key", "aria-hidden": "true" }, `○ ${say("before")} · ● ${say("after")} · 0–${TOP}`),
    el("details", {}, el("summary", {}, say("table")), table(points, say)),
  ];
}
