"use strict";
(() => {
  const root = document.documentElement;
  const box = document.getElementById("search");
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const list = document.querySelector(".entries");
  const entries = [...document.querySelectorAll(".entry")];
  const texts = entries.map((entry) => entry.dataset.text);
  const links = entries.map((entry) => entry.querySelector("h2 a"));
  const pages = links.map((link) => link.getAttribute("href"));
  const marks = entries.map((entry) => new Set(entry.dataset.marks.split(" ")));
  const filters = [...document.querySelectorAll(".filters select, .filters input")];
  const buttons = [...document.querySelectorAll("[data-set-view]")];

  function setView(view) {
    root.dataset.view = view;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.setView === view)));
    try { localStorage.setItem("wivtext-view", view); } catch { /* a page from a disk may have no storage */ }
  }

  function search() {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.filter((one) => one.type !== "checkbox" || one.checked).map((one) => one.value).filter(Boolean);
    const held = [...entries.keys()].filter((at) => wanted.every((mark) => marks[at].has(mark)) && words.every((word) => texts[at].includes(word)));
    const found = held.map((at) => entries[at]);
    // A page that is opened from here shows the sentence that was found.
    const sought = words.length ? "#find=" + encodeURIComponent(words.join(" ")) : "";
    held.forEach((at) => links[at].setAttribute("href", pages[at] + sought));
    // Taken out, not hidden: to hide a thousand takes a browser seconds.
    list.replaceChildren(...found);
    count.textContent = found.length === entries.length ? String(found.length) : found.length + " / " + entries.length;
    none.hidden = found.length > 0;
  }

  const overview = document.getElementById("overview");
  if (overview && matchMedia("(max-width: 40rem)").matches) overview.open = false;
  box.addEventListener("input", search);
  filters.forEach((one) => one.addEventListener("change", search));
  buttons.forEach((button) => button.addEventListener("click", () => setView(button.dataset.setView)));
  let view = "both";
  try { view = localStorage.getItem("wivtext-view") || view; } catch { /* as above */ }
  setView(["en", "zh", "both"].includes(view) ? view : "both");
  search();
  root.classList.add("live");
})();
