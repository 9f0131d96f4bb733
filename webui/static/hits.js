// From hit to hit without losing the place. The page works without this: every hit links to the next.
(() => {
  const hits = [...document.querySelectorAll(".text mark[id^='hit-']")];
  const bar = document.getElementById("hits");
  if (!bar || !hits.length) return;

  const status = document.getElementById("hits-said");
  const previous = document.getElementById("hits-previous");
  const next = document.getElementById("hits-next");
  const onward = document.querySelector(".trail a[rel='next']")?.href;
  const smooth = matchMedia("(prefers-reduced-motion: no-preference)").matches;
  let at = hits.findIndex((hit) => "#" + hit.id === location.hash);

  const show = (index) => {
    if (index === hits.length && onward) return location.assign(onward + "#hit-1");
    hits[at]?.classList.remove("current");
    at = (index + hits.length) % hits.length;
    const hit = hits[at];
    hit.classList.add("current");
    hit.scrollIntoView({ block: "center", behavior: smooth ? "smooth" : "auto" });
    hit.closest("a")?.focus({ preventScroll: true });
    status.textContent = `Match ${at + 1} of ${hits.length}`;
    next.textContent = onward && at === hits.length - 1 ? "Next result" : "Next";
    history.replaceState(null, "", "#" + hit.id);
  };

  next.before(previous, " ");
  previous.textContent = "Previous";
  next.textContent = "Next";
  previous.addEventListener("click", (event) => { event.preventDefault(); show(at < 0 ? -1 : at - 1); });
  next.addEventListener("click", (event) => { event.preventDefault(); show(at + 1); });
  document.querySelector(".text").addEventListener("click", (event) => {
    const link = event.target.closest("a.hit");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(hits.indexOf(link.querySelector("mark")) + 1);
  });

  // One-letter shortcuts can be switched off (WCAG 2.1.4), and stay off.
  const stored = (value) => {
    try {
      return value === undefined ? localStorage.getItem("hit-keys") : localStorage.setItem("hit-keys", value);
    } catch { return null; }
  };
  let keys = stored() !== "off";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "keys";
  button.textContent = "Keys n p";
  button.title = "Go to the next match with n, to the previous with p";
  button.setAttribute("aria-pressed", keys);
  button.addEventListener("click", () => {
    keys = !keys;
    stored(keys ? "on" : "off");
    button.setAttribute("aria-pressed", keys);
  });
  next.after(button);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (!keys || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") show(at + 1);
    if (event.key === "p") show(at < 0 ? -1 : at - 1);
  });

  if (at >= 0) show(at);
})();
