// Follows the page's own links without loading the page anew: the address changes, and Streamlit runs the script for it.
// Without this script every link still works, by loading the page.
(() => {
  if (window.followsLinks) return;
  window.followsLinks = true;

  const open = () => new URLSearchParams(location.search).get("figure") ?? "";
  const rest = (query) => {
    const pairs = new URLSearchParams(query);
    pairs.delete("figure");
    return pairs.toString();
  };

  // Where only the open claim changes, it alone is written anew: its id goes into a field that stands unseen in its
  // place, set as a hand would set it, for React hears of nothing else. The number makes it a change each time.
  let times = 0;
  const findField = () => document.querySelector(".st-key-asked input");
  const askClaim = (figure) => {
    const field = findField();
    const value = `${figure} ${(times += 1)}`;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  };
  const askPage = () => window.dispatchEvent(new PopStateEvent("popstate"));

  // A click that overtakes the answer to another can be lost in it, and after a lost connection Streamlit asks by an
  // older address: where what stands there is not what the address names once all is at rest, it is asked for once more.
  const isRight = () => (document.querySelector("article.claim")?.dataset.claim ?? "") === open();
  let repeated = null;
  let timer = 0;
  const makeSure = () => {
    timer = 0;
    if (isRight()) repeated = null;
    else if (!document.querySelector('[data-test-script-state="notRunning"]')) watch();
    else if (repeated !== location.search) {
      repeated = location.search;
      if (findField()) askClaim(open());
      else askPage();
      watch();
    }
  };
  const watch = () => { timer ||= setTimeout(makeSure, 400); };

  const go = (query) => {
    const alone = rest(query) === rest(location.search) && findField();
    history.pushState(null, "", query);
    if (alone) askClaim(open());
    else askPage();
    watch();
  };

  // A chart's mark keeps its data in `__data__`, the renderer's own item; `href` is the link of the mark. That of a bar
  // names its figure alone: the rest is the page's own address.
  const linkOf = (target) => {
    const link = target.closest("a[href]");
    if (link) return link.target ? null : link.getAttribute("href");
    const href = target.closest("svg") && target.__data__ ? target.__data__.href : null;
    const figure = /^\?figure=([^&]+)$/.exec(href ?? "");
    if (!figure) return href;
    const pairs = new URLSearchParams(location.search);
    pairs.set("figure", decodeURIComponent(figure[1]));
    return "?" + pairs;
  };

  const follow = (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const href = linkOf(event.target);
    if (!href || !href.startsWith("?")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    go(href);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copied]");
    if (button) {
      // The text as it is shown: Streamlit's sanitiser takes away an attribute that holds `-->` or a closing tag.
      const text = button.parentElement.querySelector(".copytext").textContent;
      navigator.clipboard.writeText(text).then(() => { button.textContent = button.dataset.copied; });
      return;
    }
    follow(event);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("svg [tabindex]")) follow(event);
    if (event.key === "Escape") document.querySelector(".claim a.close")?.click();
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.filters");
    if (!form) return;
    event.preventDefault();
    const pairs = [...new FormData(form)].filter(([, value]) => value);
    // Not a field of the form: the sanitiser takes away the name of one that is called as a property of every element.
    const lang = new URLSearchParams(location.search).get("lang");
    if (lang) pairs.push(["lang", lang]);
    go("?" + new URLSearchParams(pairs));
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.matches("form.filters select")) event.target.form.requestSubmit();
  }, true);

  // What the script has just written: the page's language, marks a keyboard can reach, the open figure and its place.
  let scrolled = "";
  const settle = () => {
    const head = document.querySelector("header.head");
    const root = document.documentElement;
    // Setting it, even to what it is, has the browser style the whole page anew.
    if (head && root.lang !== head.dataset.lang) root.lang = head.dataset.lang;
    const anew = document.querySelector(".anew:not([data-asked])");
    if (anew) {
      anew.dataset.asked = "";
      askPage();
    }
    if (head && !isRight()) watch();
    const figure = open();
    document.querySelectorAll(".langs a").forEach((link) => {
      const pairs = new URLSearchParams(link.search);
      if ((pairs.get("figure") ?? "") === figure) return;
      if (figure) pairs.set("figure", figure);
      else pairs.delete("figure");
      link.setAttribute("href", "?" + pairs);
    });
    const link = `figure=${figure}`;
    document.querySelectorAll("svg path[aria-label]").forEach((mark) => {
      if (!mark.hasAttribute("tabindex")) {
        mark.setAttribute("tabindex", "0");
        mark.setAttribute("role", "link");
      }
      mark.toggleAttribute("data-open", (mark.__data__?.href ?? "").split(/[?&]/).includes(link));
    });
    document.querySelectorAll("[data-figure]").forEach((place) => {
      place.toggleAttribute("data-open", place.dataset.figure === figure);
    });
    // The sanitiser takes away what a reader searches for, too, where it looks like the end of a comment or a tag.
    const search = document.querySelector("form.filters input[name=q]:not([data-filled])");
    if (search) {
      search.dataset.filled = "";
      search.value ||= new URLSearchParams(location.search).get("q") ?? "";
    }
    const place = document.querySelector(".inline[data-open]");
    if (place && scrolled !== location.search) {
      scrolled = location.search;
      place.scrollIntoView({ block: "center" });
    }
  };
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  settle();
})();
