// Suggestions while typing: a combobox with list autocomplete and manual selection, as the ARIA Authoring
// Practices have it. The page works without this, and what is typed is never replaced.
(() => {
  const input = document.getElementById("q");
  if (!input) return;

  const WAIT = 150; // milliseconds after the last key, so that fast typing asks once
  const WORDS = JSON.parse(document.currentScript.dataset.words);

  const set = (element, attributes) => {
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    return element;
  };
  const make = (tag, attributes) => set(document.createElement(tag), attributes);

  const list = make("ul", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": WORDS.list });
  list.hidden = true;
  const status = make("p", { class: "hidden", "aria-live": "polite" });
  input.parentElement.append(list, status);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false });

  let active = -1;
  let timer = 0;
  let asking = new AbortController();

  const choose = (index) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };

  const open = (shown) => {
    list.hidden = !shown;
    input.setAttribute("aria-expanded", shown);
    if (!shown) choose(-1);
  };

  const close = () => {
    clearTimeout(timer);
    asking.abort();
    open(false);
    status.textContent = "";
  };

  const option = ({ text, kind, count, url }, index) => {
    const item = make("li", { id: `suggestion-${index}`, role: "option", "aria-selected": false, "data-url": url });
    const words = make("span", { dir: "auto" });
    words.textContent = text;
    const label = WORDS[new URL(url, location).searchParams.has("recipient") ? "recipient" : kind];
    const number = kind === "title" ? "" : count.toLocaleString(document.documentElement.lang);
    const small = make("span", { class: "kind" });
    small.textContent = [label, number].filter(Boolean).join(" · ");
    item.append(words, " ", small);
    return item;
  };

  const show = (suggestions) => {
    choose(-1);
    list.replaceChildren(...suggestions.map(option));
    open(suggestions.length > 0);
    status.textContent = WORDS.counts[suggestions.length];
  };

  const ask = async () => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const typed = input.value;
    // One letter of an alphabet says too little; one ideograph can be a word.
    if (typed.trim().length < 2 && !/[^\u0000-\u04ff]/.test(typed)) return close();
    try {
      const answer = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: typed }), { signal });
      const suggestions = answer.ok ? (await answer.json()).suggestions : [];
      if (!signal.aborted && typed === input.value && document.activeElement === input) show(suggestions);
    } catch {
      if (!signal.aborted) close();
    }
  };

  const go = (item) => {
    close();
    location.assign(item.dataset.url);
  };

  const move = (step) => {
    const places = list.children.length + 1; // the options, and the typed text itself
    choose(((active + 1 + step + places) % places) - 1);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    choose(-1);
    timer = setTimeout(ask, WAIT);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.altKey && event.key === "ArrowUp") close();
      else if (isOpen && !event.altKey) move(event.key === "ArrowDown" ? 1 : -1);
      else if (!isOpen) ask();
    } else if (event.key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      go(list.children[active]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // else the browser would empty the box
      close();
    }
  });

  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) go(item);
  });
})();
