// Reading a document: from hit to hit, and from number to number of its paragraphs, without losing the place.
// The page works without this: every hit links to the next, the last one to the next result.
(() => {
  const text = document.querySelector(".text");
  const hits = [...text.querySelectorAll("[id^='hit-']:not(#hit-last)")];
  const said = document.getElementById("hits-said");
  const previous = document.getElementById("hits-previous");
  const next = document.getElementById("hits-next");
  const smooth = matchMedia("(prefers-reduced-motion: no-preference)").matches;
  let at = -1;

  // `data-beyond` is the address of the neighbouring result, if there is one; the labels stand in the page.
  const label = (link, isLast) => {
    link.textContent = isLast && link.dataset.beyond ? link.dataset.result : link.dataset.match;
  };

  const show = (index) => {
    hits[at]?.classList.remove("current");
    at = index;
    const hit = hits[at];
    hit.classList.add("current");
    if (!hit.matches("a")) hit.tabIndex = -1;
    hit.focus({ preventScroll: true });
    hit.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
    said.textContent = said.dataset.at.replace("{}", (at + 1).toLocaleString(document.documentElement.lang));
    label(previous, at === 0);
    label(next, at === hits.length - 1);
    history.replaceState(null, "", "#" + hit.id);
  };

  const step = (link, by) => {
    const index = at < 0 && by < 0 ? -1 : at + by;
    const isBeyond = at >= 0 && !hits[index];
    if (isBeyond && link.dataset.beyond) location.assign(link.dataset.beyond);
    else show((index + hits.length) % hits.length);
  };

  if (hits.length) {
    for (const [link, by] of [[previous, -1], [next, 1]]) {
      label(link, false);
      link.addEventListener("click", (event) => { event.preventDefault(); step(link, by); });
    }
    next.parentElement.append(next); // the previous one first, as soon as there is one
    text.addEventListener("click", (event) => {
      const link = event.target.closest("a.hit");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      at = hits.findIndex((hit) => hit === link || hit.hash === link.hash);
      step(next, 1);
    });
    const opened = location.hash === "#hit-last" ? hits.length - 1 : hits.findIndex((hit) => "#" + hit.id === location.hash);
    if (opened >= 0) show(opened);
  }

  // Of the paragraphs' numbers one is in the order of tabs; the arrow keys lead from it to the others.
  const numbers = [...text.querySelectorAll(".pilcrow")];
  let tabbed = null;
  const admit = (link) => {
    if (!link) return;
    if (tabbed) tabbed.tabIndex = -1;
    tabbed = link;
    tabbed.tabIndex = 0;
  };
  const target = () => numbers.find((link) => link.hash === location.hash);
  admit(target() ?? numbers[0]);
  addEventListener("hashchange", () => admit(target()));
  text.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const other = by && event.target === tabbed && numbers[numbers.indexOf(tabbed) + by];
    if (!other) return;
    event.preventDefault();
    admit(other);
    other.focus();
  });
})();
