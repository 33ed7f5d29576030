// Follows the page's own links without loading the page anew: the address changes, and Streamlit runs the script for it.
// Without this script every link still works, by loading the page.
(() => {
  if (window.followsLinks) return;
  window.followsLinks = true;

  const go = (query) => {
    history.pushState(null, "", query);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  // A chart's mark keeps its data in `__data__`, the renderer's own item; `href` is the link of the mark.
  const linkOf = (target) => {
    const link = target.closest("a[href]");
    if (link) return link.target ? null : link.getAttribute("href");
    return target.closest("svg") && target.__data__ ? target.__data__.href : null;
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

  // What the script has just written: the page's language and title, marks a keyboard can reach, the place of the open figure.
  let scrolled = "";
  const settle = () => {
    const head = document.querySelector("header.head");
    if (head) {
      document.documentElement.lang = head.dataset.lang;
    }
    document.querySelectorAll("svg path[aria-label]:not([tabindex])").forEach((mark) => {
      mark.setAttribute("tabindex", "0");
      mark.setAttribute("role", "link");
    });
    // The sanitiser takes away what a reader searches for, too, where it looks like the end of a comment or a tag.
    const search = document.querySelector("form.filters input[name=q]:not([data-filled])");
    if (search) {
      search.dataset.filled = "";
      search.value ||= new URLSearchParams(location.search).get("q") ?? "";
    }
    const open = document.querySelector("[data-scroll]");
    if (open && scrolled !== location.search) {
      scrolled = location.search;
      open.scrollIntoView({ block: "center" });
    }
  };
  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  settle();
})();
