"use strict";
(() => {
  const root = document.documentElement;
  const source = document.getElementById("source");
  const status = document.getElementById("status");
  const buttons = [...document.querySelectorAll("[data-set-view]")];
  const cited = (node) => (node.dataset.sentences || "").split(" ").filter(Boolean);

  function setView(view) {
    root.dataset.view = view;
    buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.setView === view)));
    try { localStorage.setItem("wivtext-view", view); } catch { /* a page from a disk may have no storage */ }
  }

  function clear() {
    document.querySelectorAll(".lit, .current").forEach((node) => node.classList.remove("lit", "current"));
  }

  function close() {
    clear();
    root.classList.remove("sheet");
  }

  function showSource(node) {
    const sentences = cited(node).map((index) => document.getElementById("s" + index)).filter(Boolean);
    if (!sentences.length) return;
    clear();
    node.classList.add("current");
    light(sentences);
    node.scrollIntoView({ block: "nearest" });
  }

  function light(sentences) {
    sentences.forEach((sentence) => sentence.classList.add("lit"));
    root.classList.add("sheet");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    source.scrollTo({ top: sentences[0].offsetTop - source.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
    status.textContent = sentences.map((sentence) => sentence.querySelector(".original").textContent.trim()).join(" ");
  }

  function showLines(sentence) {
    const index = sentence.id.slice(1);
    const lines = [...document.querySelectorAll("main [data-sentences]")].filter((node) => cited(node).includes(index));
    clear();
    sentence.classList.add("lit");
    lines.forEach((line) => line.classList.add("current"));
  }

  // What was searched for on the index page: the sentence that has most of the words, and the words in it.
  function showFound() {
    if (!location.hash.startsWith("#find=")) return;
    let words;
    try { words = decodeURIComponent(location.hash.slice(6)).toLowerCase().split(/\s+/).filter(Boolean); } catch { return; }
    const has = (node) => { const text = node.textContent.toLowerCase(); return words.filter((word) => text.includes(word)).length; };
    let most = 0, best = null;
    document.querySelectorAll(".sentence").forEach((node) => { const count = has(node); if (count > most) { most = count; best = node; } });
    if (!best) return;
    showLines(best);
    light([best]);
    if (CSS.highlights) CSS.highlights.set("found", new Highlight(...words.flatMap((word) => ranges(best, word))));
  }

  function ranges(node, word) {
    const found = [], walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.toLowerCase();
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + word.length);
        found.push(range);
      }
    }
    return found;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set-view]");
    if (button) return setView(button.dataset.setView);
    if (event.target.closest("#close")) return close();
    const node = event.target.closest("[data-sentences]");
    const link = event.target.closest("a[href]");
    if (link && !link.getAttribute("href").startsWith("#s")) return;
    if (node) {
      if (link) event.preventDefault();
      else if (String(getSelection())) return;
      return showSource(node);
    }
    const sentence = event.target.closest(".sentence");
    if (sentence && !String(getSelection())) showLines(sentence);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  let view = "both";
  try { view = localStorage.getItem("wivtext-view") || view; } catch { /* as above */ }
  setView(["en", "zh", "both"].includes(view) ? view : "both");
  root.classList.add("live");
  addEventListener("hashchange", showFound);
  showFound();
})();
