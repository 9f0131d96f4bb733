// Keys of one letter or sign: each goes to what says it in aria-keyshortcuts, j and k from result to result, and ?
// lists them. They can be switched off (WCAG 2.1.4), and stay off. The page works without this.
(() => {
  const dialog = document.getElementById("shortcuts");
  const opener = document.getElementById("keys-open");
  const active = document.getElementById("keys-active");
  const results = [...document.querySelectorAll(".result h3 a")];

  const stored = (value) => {
    try {
      return value === undefined ? localStorage.getItem("keys") : localStorage.setItem("keys", value);
    } catch { return null; }
  };
  active.checked = stored() !== "off";
  active.addEventListener("change", () => stored(active.checked ? "on" : "off"));

  const named = (key) => document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  for (const row of dialog.querySelectorAll("[data-key]")) {
    row.hidden = row.dataset.key === "j" ? !results.length : !named(row.dataset.key);
  }
  opener.hidden = false;
  opener.addEventListener("click", () => {
    dialog.showModal();
    dialog.querySelector("button").focus();
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  const neighbour = (by) => {
    const at = results.indexOf(document.activeElement);
    return at < 0 ? results[0] : results[at + by];
  };

  document.addEventListener("keydown", (event) => {
    const { key } = event;
    const typing = event.target.closest?.("input, textarea, select, dialog");
    if (!active.checked || typing || key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    const found = key === "j" || key === "k" ? neighbour(key === "j" ? 1 : -1) : named(key);
    if (!found) return;
    event.preventDefault();
    if (found.matches("button, [aria-keyshortcuts=n], [aria-keyshortcuts=p]")) return found.click();
    found.focus();
    found.select?.();
  });
})();
