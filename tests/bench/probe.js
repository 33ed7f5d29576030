// Runs in every measured page before anything of its own: notes, frame by frame, when what is waited for stands there.
(() => {
  const probe = { times: {}, waits: {}, fills: 0, clicked: null, colours: new Set(), asked: [], answered: [] };
  window.probe = probe;

  // Everything that matches, in shadow trees too.
  probe.deep = (selector, root = document) => {
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) found.push(...probe.deep(selector, element.shadowRoot));
    }
    return found;
  };

  // The bars of the charts that are drawn as SVG, by Vega and by Plotly.
  probe.bars = () => document.querySelectorAll(
    "[data-testid=stVegaLiteChart] path[aria-label][fill], .js-plotly-plot .barlayer .point > path").length;
  probe.charts = () => document.querySelectorAll("[data-testid=stVegaLiteChart], .js-plotly-plot").length;
  // Whether something is shown, and whether words stand where they can be read.
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getClientRects().length > 0;
  probe.shows = (selector) => probe.deep(selector).some(isShown);
  probe.reads = (selector) => probe.deep(selector).some((element) => isShown(element) && element.textContent.trim());
  probe.rested = () => Boolean(document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]"));

  // A canvas shows nothing to look for: its fills are counted, those in the colours of bars.
  for (const name of ["fill", "fillRect"]) {
    const plain = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...rest) {
      if (typeof this.fillStyle === "string" && probe.colours.has(this.fillStyle.slice(0, 7))) probe.fills += 1;
      return plain.apply(this, rest);
    };
  }

  // What a page asks its server and what it is answered, over a socket or by requests.
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", () => probe.answered.push(performance.now()));
    }
    send(data) {
      probe.asked.push(performance.now());
      super.send(data);
    }
  };
  const fetchPlain = window.fetch;
  window.fetch = async (...rest) => {
    probe.asked.push(performance.now());
    const answer = await fetchPlain(...rest);
    probe.answered.push(performance.now());
    return answer;
  };

  const look = () => {
    for (const [name, holds] of Object.entries(probe.waits)) {
      if (name in probe.times || (name.startsWith("click") && probe.clicked === null)) continue;
      try {
        if (holds()) probe.times[name] = performance.now();
      } catch { /* not there yet */ }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // From the reader's hand on: the press of the button or of Enter, as the browser dates it.
  probe.arm = (name, holds) => { probe.clicked = null; delete probe.times[name]; probe.waits[name] = holds; };
  const begin = (event) => {
    if (probe.clicked !== null || (event.type === "keydown" && event.key !== "Enter")) return;
    probe.clicked = event.timeStamp;
    probe.fills = 0;
    probe.asked = [];
    probe.answered = [];
  };
  window.addEventListener("mousedown", begin, true);
  window.addEventListener("keydown", begin, true);
})();
