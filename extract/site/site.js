// What a published page has on top where scripts run: a search, and buttons that copy.
(() => {
  // The search: its index is a script, because a page that lies in a folder may load nothing else.

  const find = document.querySelector(".find[data-label]");
  const index = find?.querySelector("link.index").href;
  const root = index?.replace(/assets\/index-(\w+)\.js$/, "$1/");
  const MOST = 50;

  // As the server's search folds: no marks, no capitals, no signs that group digits.
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/(\d)[.,](?=\d{3}(?!\d))/g, "$1");

  const load = () =>
    new Promise((resolve, reject) => {
      if (window.reportedFigures) return resolve();
      document.head.append(Object.assign(document.createElement("script"), { src: index, onload: resolve, onerror: reject }));
    });

  let folded = null;
  const search = (words) => {
    const { rows, quotes } = window.reportedFigures;
    const said = quotes.map(fold);
    folded ??= rows.map(([id, figure, name, stated, quote]) => [fold(`${figure} ${name} ${stated} ${id}`), said[quote]]);
    const sought = fold(words).split(/\s+/).filter(Boolean);
    const own = [];
    const beside = [];
    folded.forEach(([name, sentence], place) => {
      if (sought.every((word) => name.includes(word))) own.push(rows[place]);
      else if (sought.every((word) => name.includes(word) || sentence.includes(word))) beside.push(rows[place]);
    });
    return [...own, ...beside];
  };

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const show = async (words) => {
    await load();
    const found = words.trim() ? search(words) : [];
    const links = found.slice(0, MOST).map(([id, figure, name]) =>
      make("li", {}, make("a", { href: `${root}figure/${id}.html` }, `${figure} · ${name}`)));
    const line = found.length ? find.dataset.found.replace("{n}", found.length).replace("{shown}", links.length) : find.dataset.empty;
    const box = make("div", { className: "found" }, make("p", { className: "state", role: "status" }, line), make("ul", {}, ...links));
    find.querySelector(".found")?.remove();
    if (words.trim()) find.append(box);
  };

  if (find) {
    const input = make("input", { type: "search", placeholder: find.dataset.short, ariaLabel: find.dataset.label, maxLength: 200 });
    input.addEventListener("focus", load, { once: true });
    input.addEventListener("input", () => show(input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") show((input.value = ""));
    });
    find.append(make("div", { className: "filters" }, input));
  }

  // Copying

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copied]");
    if (!button) return;
    const text = button.parentElement.querySelector(".copytext");
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = button.dataset.copied;
    } catch {
      text.hidden = false;
      getSelection().selectAllChildren(text);
    }
  });
})();
