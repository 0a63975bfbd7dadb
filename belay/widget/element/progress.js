/** The progress drawing: two strands by week, and a line for each exercise from before to after. */

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

function strand(weeks, key) {
  const at = (place) => `${4 + (place / Math.max(weeks.length - 1, 1)) * 92}%`;
  const parts = [svg("line", { class: "way", x1: at(0), x2: at(weeks.length - 1), y1: 14, y2: 14 })];
  weeks.forEach((week, place) => {
    if (!week[key]) return;
    parts.push(svg("circle", { class: "after", cx: at(place), cy: 14, r: Math.min(5 + week[key], 9) }));
    parts.push(svg("text", { class: "after", x: at(place), y: 40, "text-anchor": "middle" }, String(week[key])));
  });
  return svg("svg", { class: `confidence ${key}`, height: 42, "aria-hidden": "true" }, ...parts);
}

function strands(weeks, say) {
  if (!weeks.some((week) => week.tried)) return [];
  const head = [say("week"), say("strand_words"), say("strand_tried")];
  return [
    el("p", {}, head[1], strand(weeks, "words")),
    el("p", {}, head[2], strand(weeks, "tried")),
    el("p", { class: "key", "aria-hidden": "true" }, `${weeks[0].label} – ${weeks.at(-1).label}`),
    el(
      "details",
      {},
      el("summary", {}, say("table")),
      table(head, weeks.map((week) => [week.label, week.words, week.tried])),
    ),
  ];
}

function table(names, lines) {
  const head = names.map((name) => el("th", { scope: "col" }, name));
  const rows = lines.map(([label, ...values]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      ...values.map((value) => el("td", {}, given(value) ? String(value) : "–")),
    ),
  );
  return el("table", {}, el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows));
}

/**
 * Draws the lines, and the same numbers as a table that opens beneath.
 *
 * @param {{label: string, before: number | null, after: number | null}[]} points
 * @param {Function} say words of the interface
 * @param {{label: string, words: number, tried: number}[]} weeks counts, oldest first
 */
export function progress(points, say, weeks = []) {
  if (!points.length) return strands(weeks, say);
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
  const head = [say("exercise"), say("before"), say("after")];
  return [
    ...strands(weeks, say),
    el("ul", { class: "lines-of-progress" }, rows),
    el("p", { class: "key", "aria-hidden": "true" }, `○ ${say("before")} · ● ${say("after")} · 0–${TOP}`),
    el("details", {}, el("summary", {}, say("table")), table(head, points.map((one) => [one.label, one.before, one.after]))),
  ];
}
