/* After "Mark as seen": the focus stays where it was, and failures are said. */
(() => {
  const line = document.getElementById("answer");

  document.addEventListener("htmx:afterSwap", (event) => {
    const flag = document.getElementById(event.detail.target.id);
    const seen = flag?.querySelector(".seen");
    if (!seen) return;
    line.textContent = "";
    (flag.querySelector("[data-row]") ?? seen).focus();
  });

  function failed() {
    line.textContent = "This was not saved. Reload the page and try again.";
  }
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
})();
