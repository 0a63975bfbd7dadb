/** Plain pages: "Leave" and Escape twice replace the page instead of adding to its history. */

const TWICE_MS = 2000;
const leave = document.querySelector("a.leave");
let last = -Infinity;

const go = (event) => {
  event.preventDefault();
  document.body.hidden = true;
  location.replace(leave.href);
};

leave.addEventListener("click", go);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - last < TWICE_MS) go(event);
  last = event.timeStamp;
});
