"use strict";
(() => {
  const root = document.documentElement;
  const buttons = [...document.querySelectorAll("[data-set-view]")];

  function setView(view) {
    root.dataset.view = view;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.setView === view)));
    try { localStorage.setItem("wivtext-view", view); } catch { /* a page from a disk may have no storage */ }
  }

  buttons.forEach((button) => button.addEventListener("click", () => setView(button.dataset.setView)));
  let view = "both";
  try { view = localStorage.getItem("wivtext-view") || view; } catch { /* as above */ }
  setView(["en", "zh", "both"].includes(view) ? view : "both");
  root.classList.add("live");
})();
