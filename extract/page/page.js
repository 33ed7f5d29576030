// Follows the page's own links without loading the page anew. Without this script every link still works, by loading
// the page.
(() => {
  if (window.followsLinks) return;
  window.followsLinks = true;

  // What Streamlit and Vega do not document; tests/page/test_page.py and tests/page/test_connection.py fail by name
  // where a release changes it.
  //
  // Streamlit runs its script for the address of the window whenever the window hears `popstate`.
  const askPage = () => window.dispatchEvent(new PopStateEvent("popstate"));
  // A mark of a chart keeps its data in `__data__`, and `href` there is its link.
  const readMark = (mark) => (mark.closest("svg") && mark.__data__?.href) || null;
  // Streamlit's frame says in an attribute how its socket stands, and lays a dialog over the page while it is gone.
  const CONNECTION = "data-test-connection-state";
  const readConnection = () => document.querySelector(`[${CONNECTION}]`)?.getAttribute(CONNECTION);
  // And in another whether its script runs.
  const STATE = "data-test-script-state";
  const findDialog = () => document.querySelector("[data-testid=stDialog] button[aria-label=Close]");
  // Streamlit's sanitiser takes an attribute away whose text looks like the end of a comment or of a tag (`-->`). What
  // may hold such text is read from an element's text instead, or set here.

  const phone = matchMedia("(max-width: 900px)");

  // The server's HTML holds the page as words, and Streamlit builds its own unseen. It takes the place of the words when
  // it is whole, charts and all; what the reader was looking at stays where it was.

  const words = document.getElementById("words");
  const begun = performance.now();
  const LONGEST_WAIT = 20000; // a chart that never comes keeps nobody waiting
  const isWhole = () => {
    const charts = [...document.querySelectorAll("#root .stVegaLiteChart")];
    const isDrawn = charts.length >= document.querySelectorAll("#root .unit").length
      && charts.every((chart) => chart.querySelector("svg path"));
    const app = document.querySelector(`#root [${STATE}=notRunning]:has(header.head)`);
    return app !== null && (isDrawn || performance.now() > begun + LONGEST_WAIT);
  };

  // Both hold the same pieces of HTML in the same order, but for those without any words, which stand first.
  const takeOver = () => {
    const [before, now] = ["#words .stHtml:not(:has(.stVegaLiteChart))", "#root .stMain .stHtml"]
      .map((pieces) => [...document.querySelectorAll(pieces)]);
    const seen = scrollY ? before.findIndex((piece) => piece.getBoundingClientRect().bottom > 72) : -1;
    const top = before[seen]?.getBoundingClientRect().top;
    const same = now[seen + now.length - before.length];
    const [typed, box] = ["#words", "#root"].map((holder) => document.querySelector(`${holder} input[name=q]`));
    const isTyped = document.activeElement === typed;
    words.remove();
    if (seen >= 0 && same) {
      document.querySelector(".stMain").scrollTop += same.getBoundingClientRect().top - top;
      isSought = false;
    }
    if (box) box.value = typed?.value ?? "";
    if (isTyped) box?.focus({ preventScroll: true });
  };

  // As soon as Streamlit's page is there, unseen, it alone has the claim's sentence and the links of figures, so that
  // whoever looks for one finds one.
  const stepBack = () => {
    words.querySelectorAll("[data-figure]").forEach((link) => {
      link.dataset.stood = "";
      delete link.dataset.figure;
    });
    words.querySelectorAll("blockquote").forEach((quote) => {
      const same = document.createElement("div");
      same.className = "quote";
      same.innerHTML = quote.innerHTML; // who holds the old one still finds its number in it
      quote.replaceWith(same);
    });
  };

  // The address

  const readFigure = () => new URLSearchParams(location.search).get("figure") ?? "";

  // All of a query but the open figure, in one order.
  const readRest = (query) => {
    const pairs = new URLSearchParams(query);
    pairs.delete("figure");
    pairs.sort();
    return pairs.toString();
  };

  // The page's own address with what a link names changed in it; no figure closes the claim. The page of a list is that
  // list's own: only a link that names nothing but a figure stays on it.
  const merge = (query) => {
    const pairs = new URLSearchParams(location.search);
    const named = new URLSearchParams(query);
    if ([...named.keys()].some((key) => key !== "figure")) pairs.delete("page");
    named.forEach((value, key) => pairs.set(key, value));
    return `?${pairs}`;
  };
  const close = () => `?${readRest(location.search)}`;

  // The claim: the server's answer at /claim stands in its place, whatever has become of Streamlit's session.

  let asked = null; // the figure that the server has been asked for, until it answers
  let request = null;

  const findPlace = () => document.querySelector(".place");

  // A long card may have been scrolled, and at the end of the page the place may stand partly above the window.
  const showNumber = () => findPlace()?.querySelector("blockquote mark")?.scrollIntoView({ block: "nearest" });

  const putClaim = (figure, html) => {
    const place = findPlace();
    if (!place) return;
    place.querySelector(".card").innerHTML = html;
    place.dataset.shows = figure;
    place.removeAttribute("aria-busy");
    settle();
    showNumber();
  };

  const fetchClaim = async (address, signal) => {
    const answer = await fetch(address, { signal });
    // An unknown figure has its answer in words, too.
    if (!answer.ok && answer.status !== 404) throw new Error(answer.statusText);
    return answer.text();
  };
  const findClaim = (figure) => {
    const { lang } = document.querySelector("header.head").dataset;
    return `./claim?${new URLSearchParams({ figure, lang })}`;
  };

  // The claim that a mouse rests on is asked for before the click, so that it is there with it. It is as new as an
  // answer on its way: after a moment it is asked for again.
  const REST = 40; // milliseconds
  const FRESH = 3000;
  let ahead = { address: "", until: 0, html: null };
  let resting = 0;

  const isAhead = (address) => ahead.address === address && performance.now() < ahead.until;
  const askAhead = (figure) => {
    const address = findClaim(figure);
    if (figure === readFigure() || isAhead(address)) return;
    const html = fetchClaim(address, AbortSignal.timeout(FRESH)).catch(() => null);
    ahead = { address, until: performance.now() + FRESH, html };
  };

  const takeClaim = async (figure, signal) => {
    const address = findClaim(figure);
    return (isAhead(address) && await ahead.html) || fetchClaim(address, signal);
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
      if (figure) html = await takeClaim(figure, own.signal);
    } catch {
      html = `<article class="claim">${findPlace()?.querySelector(".unanswered").innerHTML}</article>`;
    }
    clearTimeout(timer);
    if (request !== own) return;
    asked = null;
    putClaim(figure, html);
  };

  // Who reads: what stands open is said in words and has the focus, and closing gives the focus back to where it was.

  let open = ""; // the figure whose claim stands before the reader
  let opener = null; // what opened it
  let name = ""; // what it is called
  let folded = null; // the address at which a phone shows the page instead of the claim that it names
  let isSought = readFigure() !== ""; // whether the page scrolls to the mark of the open figure

  // Each place that stands for a figure: marks of charts, links, and rows of tables, which hold a link.
  const findMarks = () => document.querySelectorAll("svg path[aria-label], [data-figure]");
  const findLinks = () => document.querySelectorAll(".stHtml a[href*='figure=']:not(.place a, header a)");
  const isOf = (mark, figure) => {
    if (!figure) return false;
    const query = readMark(mark) ?? mark.getAttribute("href") ?? "";
    return (mark.dataset.figure ?? new URLSearchParams(query).get("figure")) === figure;
  };
  const findMark = (figure) =>
    [...findMarks(), ...findLinks()].find((mark) => isOf(mark, figure) && mark.checkVisibility());
  const findLink = (mark) => mark?.querySelector("a[href*='figure=']") ?? mark;

  const say = (words) => {
    const said = document.querySelector(".place .said");
    if (said) said.textContent = words;
  };

  // On a phone the claim is a dialog, and all that is not on the way to it is out of reach.
  const setDialog = (place, isDialog) => {
    if (place) {
      place.role = isDialog ? "dialog" : "complementary";
      place.ariaModal = isDialog ? "true" : null;
    }
    if (!isDialog) {
      document.querySelectorAll("[data-behind]").forEach((element) => {
        element.inert = false;
        delete element.dataset.behind;
      });
      return;
    }
    for (let inside = place; inside !== document.body; inside = inside.parentElement) {
      for (const beside of inside.parentElement.children) {
        if (beside === inside || beside.inert || beside.matches(".lost")) continue;
        beside.inert = true;
        beside.dataset.behind = "";
      }
    }
  };

  const present = (figure) => {
    const place = findPlace();
    if (place && (place.dataset.shows !== figure || asked !== null)) return;
    place?.toggleAttribute("data-folded", folded === location.search);
    const claim = place?.matches("[data-folded]") ? null : place?.querySelector(".card .claim");
    setDialog(place, claim && phone.matches);
    if (open === (claim ? figure : "")) return;
    if (claim) {
      open = figure;
      name = claim.ariaLabel ?? "";
      if (name) say(place.querySelector(".said").dataset.opened.replace("{figure}", name));
      claim.querySelector("[tabindex]")?.focus({ preventScroll: true });
    } else {
      if (place && name) say(place.querySelector(".said").dataset.closed.replace("{figure}", name));
      const mark = opener?.isConnected && opener.checkVisibility() ? opener : findLink(findMark(open));
      open = "";
      opener = null;
      mark?.focus({ preventScroll: true });
    }
  };

  // What holds the dialog, Streamlit's frame, can have the focus too.
  document.addEventListener("focusin", (event) => {
    const place = findPlace();
    if (place?.ariaModal && !event.target.closest(".place, .lost")) place.querySelector(".card [tabindex]")?.focus();
  });

  // The bar of a phone scrolls sideways, and a browser leaves a pill that has the focus cut at its end.
  document.addEventListener("focusin", (event) => {
    const lines = event.target.closest(".bar .lines");
    if (!lines) return;
    const [pill, bar] = [event.target, lines].map((element) => element.getBoundingClientRect());
    if (pill.left < bar.left || pill.right > bar.right) lines.scrollLeft += pill.left - bar.left - 8;
  });

  // A figure opened by its address is brought into sight beside its claim, again while charts are drawn above it, until
  // the reader takes over.
  const seek = (figure) => {
    const mark = isSought && findMark(figure);
    if (!mark) return;
    const box = mark.getBoundingClientRect();
    if (box.top > 72 && box.bottom < innerHeight - 8) return;
    mark.scrollIntoView({ block: "center" });
    showNumber();
  };
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(kind, () => { isSought = false; control = ""; }, { capture: true, passive: true });
  }

  // Links

  let rest = readRest(location.search);
  let control = ""; // the name of the control that had the focus when the page was asked for

  // A pill says in elements of its own whether it is chosen, and the head of a column in its text how it is sorted.
  const readWords = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()).join("");
  const nameControl = (element) =>
    element.name || element.title || element.ariaLabel || readWords(element) || element.textContent;

  const go = (query) => {
    if (query !== location.search) history.pushState(null, "", query);
    const isClaimOnly = rest === readRest(query);
    rest = readRest(query);
    if (isClaimOnly) {
      showClaim();
    } else {
      control = document.activeElement === document.body ? "" : nameControl(document.activeElement);
    }
    // In a spreadsheet, Streamlit's script chooses the row of the open figure.
    if (!isClaimOnly || document.querySelector(".stDataFrame")) askPage();
    settle();
  };

  // The way back and forth: Streamlit runs its script by itself, which changes nothing where only the claim has changed.
  window.addEventListener("popstate", (event) => {
    if (!event.isTrusted) return; // askPage's own
    rest = readRest(location.search);
    isSought = readFigure() !== open;
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

  // The link that a click is meant for: where a row stands for a figure, all of it is the target.
  const findTarget = (target) => {
    const row = target.closest("tr[data-figure]");
    return row && !target.closest("a, button, summary, input") && getSelection().isCollapsed ? findLink(row) : target;
  };

  document.addEventListener("pointerover", (event) => {
    clearTimeout(resting);
    if (words?.isConnected || event.pointerType !== "mouse" || !isConnected) return;
    const target = findTarget(event.target);
    const figure = target && new URLSearchParams(findQuery(target) ?? "").get("figure");
    if (figure) resting = setTimeout(() => askAhead(figure), REST);
  });

  const followLink = (event) => {
    if (words?.isConnected || event.defaultPrevented || !isPlain(event)) return;
    const target = findTarget(event.target);
    const query = findQuery(target);
    if (query === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const isInside = target.closest(".place") !== null;
    if (!isInside) opener = target.closest("a[href]") ?? target;
    isSought = isInside || target.closest(".ledger") !== null;
    // On a phone the claim makes way for the page that one of its links leads to.
    const isLeft = isInside && phone.matches && readRest(query) !== rest;
    folded = isLeft ? new URL(query, location.href).search : null;
    go(query);
  };

  const copy = async (button) => {
    const text = button.parentElement.querySelector(".copytext");
    try {
      // There is no clipboard on plain http.
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = button.dataset.copied;
    } catch {
      text.hidden = false;
      getSelection().selectAllChildren(text);
      button.textContent = document.querySelector(".place .said").dataset.uncopied;
    }
    say(button.textContent);
  };

  // A phone shares a link by the system's own sheet; elsewhere it is copied, or followed where there is no clipboard.
  const share = async (link) => {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) {
      try {
        await navigator.share({ title: document.title, url: link.href });
        return;
      } catch (error) {
        if (error.name === "AbortError") return; // the reader has closed the sheet
      }
    }
    try {
      await navigator.clipboard.writeText(link.href);
    } catch {
      go(link.getAttribute("href"));
      return;
    }
    const words = link.dataset.words ??= link.textContent;
    link.textContent = link.dataset.share;
    say(link.textContent);
    setTimeout(() => { link.textContent = words; }, 3000);
  };

  // How to embed and to cite a chart is a page of the server, which shows as a dialog of this one.
  const showSheet = async (link) => {
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const dialog = Object.assign(document.createElement("dialog"), { className: "sheet" });
      dialog.ariaLabel = page.querySelector("main").ariaLabel;
      dialog.append(...page.querySelector("main").children);
      dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
      document.body.append(dialog);
      dialog.showModal();
      dialog.querySelector(link.hash)?.scrollIntoView({ block: "nearest" });
    } catch {
      location.assign(link.href);
    }
  };

  const isPlain = (event) =>
    !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

  // What a click on the line under a chart does; false where it does nothing of that.
  const take = (event) => {
    const link = isPlain(event) && event.target.closest("a[data-share], a[data-sheet]");
    if (!link) return false;
    event.preventDefault();
    if (link.matches("[data-share]")) share(link);
    else showSheet(link);
    return true;
  };

  document.addEventListener("click", (event) => {
    const sheet = event.target.closest("dialog.sheet");
    if (sheet && (event.target === sheet || event.target.closest("[data-close]"))) sheet.close();
    if (take(event)) return;
    const button = event.target.closest("button[data-copied]");
    const isBehind = findPlace()?.ariaModal && !event.target.closest(".place, .lost");
    if (event.target.closest(".newer a")) renew(event);
    else if (button) copy(button);
    else if (isBehind) go(close());
    else followLink(event);
  }, true);

  const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("svg [tabindex]")) followLink(event);
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && open && !event.target.closest("dialog")) go(close());
    const search = document.querySelector("form input[type=search]");
    if (event.key === "/" && search?.checkVisibility() && !findPlace()?.ariaModal) {
      event.preventDefault();
      search.focus();
    }
  }, true);

  // The search

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.filters");
    if (!form || words?.isConnected) return;
    event.preventDefault();
    const pairs = [...new FormData(form)].filter(([, value]) => value);
    // The form has no field for it: the sanitiser takes away the name of one that is called as a property of elements.
    const lang = new URLSearchParams(location.search).get("lang");
    if (lang) pairs.push(["lang", lang]);
    go(`?${new URLSearchParams(pairs)}`);
  }, true);

  // The connection

  let isConnected = true;

  const setConnection = () => {
    findDialog()?.click();
    const state = readConnection();
    if (!state || state === "INITIAL" || (state === "CONNECTED") === isConnected) return;
    isConnected = state === "CONNECTED";
    document.querySelector("body > .lost")?.remove();
    const lost = document.querySelector(".place .lost");
    if (!isConnected && lost) document.body.append(Object.assign(lost.cloneNode(true), { hidden: false }));
    // What was asked for meanwhile has not been heard, and the data may have changed.
    if (isConnected) askPage();
    if (isConnected && document.querySelector(".card .failure")) showClaim();
  };

  // What has become of the data: a notice comes to an open page by itself, and newer data are offered, so that nothing
  // moves under a reader's eyes. The server is asked each second, and less often where it takes its time.

  const NOTICES_EVERY = 1000; // milliseconds

  const putNotices = async () => {
    const drawn = document.querySelector(".notices")?.dataset.drawn;
    if (drawn === undefined || document.hidden || !isConnected) return;
    const { lang } = document.querySelector("header.head").dataset;
    const signal = AbortSignal.timeout(15000);
    const answer = await fetch(`./notices?${new URLSearchParams({ lang, drawn })}`, { signal });
    if (!answer.ok) return;
    const template = document.createElement("template");
    template.innerHTML = await answer.text();
    const notices = document.querySelector(".notices"); // the page may have been written anew
    const now = template.content.firstElementChild;
    if (notices?.dataset.drawn === drawn && notices.outerHTML !== now.outerHTML) notices.replaceWith(now);
  };

  const askNotices = async () => {
    const begun = performance.now();
    await putNotices().catch(() => {}); // the connection's own notice says that the server is gone
    setTimeout(askNotices, Math.max(NOTICES_EVERY, 20 * (performance.now() - begun)));
  };

  const renew = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    control = nameControl(document.querySelector("h1 a")); // the link will be gone
    askPage();
  };

  // What follows from the address and from what Streamlit has just written. It runs at every change of the page, and
  // changes nothing that is right already, for most changes make the browser style the whole page anew.

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
    // For the printed page.
    const printed = `${location.href} · ${new Date().toLocaleDateString(root.lang, { dateStyle: "long" })}`;
    if (head.dataset.printed !== printed) head.dataset.printed = printed;
  };

  // Charts' marks can be reached by keyboard, and those of the open figure are marked wherever they stand.
  const setMarks = (figure) => {
    findMarks().forEach((mark) => {
      if (mark.matches("path") && !mark.hasAttribute("tabindex")) {
        mark.setAttribute("tabindex", "0");
        mark.setAttribute("role", "link");
      }
      const isOpen = isOf(mark, figure);
      if (isOpen === mark.hasAttribute("data-open")) return;
      mark.toggleAttribute("data-open", isOpen);
      findLink(mark).ariaCurrent = isOpen ? "true" : null;
    });
  };

  const settle = () => {
    if (words?.isConnected) {
      if (document.querySelector("#root .stHtml")) stepBack();
      if (!isWhole()) return;
      takeOver();
    }
    setConnection();
    const figure = readFigure();
    // A run that was asked for before the last click brings what stood there then.
    const place = findPlace();
    if (place && place.dataset.shows !== figure && asked !== figure) showClaim();
    setHead(figure);
    setMarks(figure);
    present(figure);
    seek(figure);
    const search = document.querySelector("form.filters input[name=q]:not([data-filled])");
    if (search) {
      search.dataset.filled = "";
      search.value ||= new URLSearchParams(location.search).get("q") ?? "";
    }
    if (control && document.activeElement === document.body && document.querySelector(`[${STATE}=notRunning]`)) {
      // What had the focus has been written anew.
      [...document.querySelectorAll("a[href], button, input, select")]
        .find((each) => nameControl(each) === control && each.checkVisibility())?.focus({ preventScroll: true });
    }
  };

  new MutationObserver(settle).observe(document.body, { childList: true, subtree: true, attributeFilter: [CONNECTION, STATE] });
  phone.addEventListener("change", settle);
  if (words) setTimeout(settle, LONGEST_WAIT + 1000);
  settle();
  askNotices();
})();
