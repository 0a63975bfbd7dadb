/** The demo page: shows the embed lines with this server's address and copies them. */

for (const node of document.querySelectorAll(".origin")) node.textContent = location.origin;

for (const copy of document.querySelectorAll(".copy")) {
  // Browsers offer the clipboard on https and localhost only; elsewhere the lines can be selected.
  if (!navigator.clipboard) continue;
  copy.hidden = false;
  const says = copy.textContent;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.of).textContent);
    copy.textContent = "Copied";
    setTimeout(() => (copy.textContent = says), 2000);
  });
}
