// Follows the page's own links without loading the page anew. Without this script every link still works, by loading
// the page.
(() => {
  if (window.followsLinks) return;
  window.followsLinks = true;

  // What Streamlit and Vega do not document; tests/page/test_page.py fails by name where a release changes it.
  //
  // Streamlit runs its script for the address of the window whenever the window hears `popstate`.
  const askPage = () => window.dispatchEvent(new PopStateEvent("popstate"));
  // A mark of a chart keeps its data in `__data__`, and `href` there is its link.
  const readMark = (mark) => (mark.closest("svg") && mark.__data__?.href) || null;
  // Streamlit's sanitiser takes an attribute away whose text looks like the end of a comment or of a tag (`-->`). What
  // may hold such text is read from an element's text instead, or set here.

  // The address

  const readFigure = () => new URLSearchParams(location.search).get("figure") ?? "";

  // All of a query but the open figure, in one order.
  const readRest = (query) => {
    const pairs = new URLSearchParams(query);
    pairs.delete("figure");
    pairs.sort();
    return pairs.toString();
  };

  // The page's own address with what a link names changed in it; no figure closes the claim.
  const merge = (query) => {
    const pairs = new URLSearchParams(location.search);
    new URLSearchParams(query).forEach((value, key) => pairs.set(key, value));
    return `?${pairs}`;
  };
  const close = () => `?${readRest(location.search)}`;

  // The claim: the server's answer at /claim stands in its place, whatever has become of Streamlit's session.

  let asked = null; // the figure that the server has been asked for, until it answers
  let request = null;

  const findPlace = () => document.querySelector(".place");

  const putClaim = (figure, html) => {
    const place = findPlace();
    if (!place) return;
    place.querySelector(".card").innerHTML = html;
    place.dataset.shows = figure;
    place.removeAttribute("aria-busy");
    // A long card may have been scrolled, and at the end of the page the place may stand partly above the window.
    place.querySelector("blockquote mark")?.scrollIntoView({ block: "nearest" });
  };

  const fetchClaim = async (figure, signal) => {
    const lang = document.querySelector("header.head").dataset.lang;
    const answer = await fetch(`./claim?${new URLSearchParams({ figure, lang })}`, { signal });
    // An unknown figure has its answer in words, too.
    if (!answer.ok && answer.status !== 404) throw new Error(answer.statusText);
    return answer.text();
  };

  // The last one asked for wins.
  const showClaim = async () => {
    const own = new AbortController();
    const timer = setTimeout(() => own.abort(), 15000);
    request?.abort();
    request = own;
    const figure = readFigure();
    asked = figure;
    findPlace()?.setAttribute("aria-busy", "true");
    let html = "";
    try {
      if (figure) html = await fetchClaim(figure, own.signal);
    } catch {
      html = `<article class="claim">${findPlace()?.querySelector("[hidden]").innerHTML}</article>`;
    }
    clearTimeout(timer);
    if (request !== own) return;
    asked = null;
    putClaim(figure, html);
  };

  // Links

  let rest = readRest(location.search);

  const go = (query) => {
    if (query !== location.search) history.pushState(null, "", query);
    const isClaimOnly = rest === readRest(query);
    rest = readRest(query);
    if (isClaimOnly) showClaim();
    // In a spreadsheet, Streamlit's script chooses the row of the open figure.
    if (!isClaimOnly || document.querySelector(".stDataFrame")) askPage();
    settle();
  };

  // The way back and forth: Streamlit runs its script by itself, which changes nothing where only the claim has changed.
  window.addEventListener("popstate", () => {
    rest = readRest(location.search);
    settle();
  });

  // A bar's link names its figure alone, so that it can be drawn once for every address; those of a claim are the same
  // wherever it is opened. What they do not name stays as it is.
  const findQuery = (target) => {
    const link = target.closest("a[href]");
    if (link?.target) return null;
    const href = link ? link.getAttribute("href") : readMark(target);
    if (!href?.startsWith("?")) return null;
    if (link?.matches(".place .close")) return close();
    return link?.closest(".place") || /^\?figure=[^&]+$/.test(href) ? merge(href) : href;
  };

  const followLink = (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const query = findQuery(event.target);
    if (query === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    go(query);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copied]");
    if (!button) {
      followLink(event);
      return;
    }
    const text = button.parentElement.querySelector(".copytext").textContent;
    navigator.clipboard.writeText(text).then(() => { button.textContent = button.dataset.copied; });
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("svg [tabindex]")) followLink(event);
    if (event.key === "Escape") document.querySelector(".card .close")?.click();
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.filters");
    if (!form) return;
    event.preventDefault();
    const pairs = [...new FormData(form)].filter(([, value]) => value);
    // The form has no field for it: the sanitiser takes away the name of one that is called as a property of elements.
    const lang = new URLSearchParams(location.search).get("lang");
    if (lang) pairs.push(["lang", lang]);
    go(`?${new URLSearchParams(pairs)}`);
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.matches("form.filters select")) event.target.form.requestSubmit();
  }, true);

  // What follows from the address and from what Streamlit has just written. It runs at every change of the page, and
  // changes nothing that is right already, for most changes make the browser style the whole page anew.

  let scrolled = "";

  const setHead = (figure) => {
    const head = document.querySelector("header.head");
    if (!head) return;
    const root = document.documentElement;
    if (root.lang !== head.dataset.lang) root.lang = head.dataset.lang;
    const card = document.querySelector(".card article[data-claim]");
    const title = card ? card.dataset.title : head.dataset.title;
    if (title && document.title !== title) document.title = title;
    document.querySelectorAll(".langs a").forEach((link) => {
      const pairs = new URLSearchParams(link.search);
      if ((pairs.get("figure") ?? "") === figure) return;
      if (figure) pairs.set("figure", figure);
      else pairs.delete("figure");
      link.setAttribute("href", `?${pairs}`);
    });
  };

  // Charts' marks can be reached by keyboard, and those of the open figure are marked wherever they stand.
  const setMarks = (figure) => {
    const link = `figure=${figure}`;
    document.querySelectorAll("svg path[aria-label]").forEach((mark) => {
      if (!mark.hasAttribute("tabindex")) {
        mark.setAttribute("tabindex", "0");
        mark.setAttribute("role", "link");
      }
      mark.toggleAttribute("data-open", (readMark(mark) ?? "").split(/[?&]/).includes(link));
    });
    document.querySelectorAll("[data-figure]").forEach((place) => {
      place.toggleAttribute("data-open", place.dataset.figure === figure);
    });
  };

  const settle = () => {
    const figure = readFigure();
    // A run that was asked for before the last click brings what stood there then.
    const place = findPlace();
    if (place && place.dataset.shows !== figure && asked !== figure) showClaim();
    setHead(figure);
    setMarks(figure);
    const search = document.querySelector("form.filters input[name=q]:not([data-filled])");
    if (search) {
      search.dataset.filled = "";
      search.value ||= new URLSearchParams(location.search).get("q") ?? "";
    }
    const inText = document.querySelector(".inline[data-open]");
    if (inText && scrolled !== location.search) {
      scrolled = location.search;
      inText.scrollIntoView({ block: "center" });
    }
  };

  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  settle();
})();
