// Keeps this page fresh while it is previewed, and shows over it what is to be
// mended. The server adds it to pages; no published page has it.
(() => {
  "use strict";

  const script = document.currentScript;
  // The build that this page is of; on a page of the server's own, also the
  // state that it describes.
  let build = script.dataset.build;
  const described = document.documentElement.dataset.bulletinState;
  let leaving = false;

  function reload() {
    if (!leaving) location.reload();
    leaving = true;
  }

  // Takes in how things stand, from whichever event told it.
  function apply(state) {
    if (state.build && state.build !== build) {
      if (!state.styles || state.previous !== build || described !== undefined) return reload();
      build = state.build;
      renew().catch(reload);
    }
    if (described === undefined) show(state);
    else if (described !== String(state.state)) reload();
  }

  // Looks at this page as it is now. If it differs only in its style sheets,
  // they are exchanged; if in anything else, it is loaded again.
  async function renew() {
    const answer = await fetch(location.href);
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const tag = now.querySelector("script[data-page]");
    if (!tag || tag.dataset.page !== script.dataset.page) return reload();
    exchange(now);
  }

  // Puts in the style sheets that a page names. The old ones stay until the new
  // ones are there, so that the page never stands without.
  function exchange(page) {
    const sheets = "link[rel~=stylesheet]";
    const old = document.querySelectorAll(sheets), fresh = page.querySelectorAll(sheets);
    if (old.length !== fresh.length) return reload();
    old.forEach((sheet, i) => {
      const address = new URL(fresh[i].getAttribute("href"), location.href);
      if (address.origin !== location.origin) return;
      if (address.href === sheet.href.replace(/[?]build=.*/, "")) address.searchParams.set("build", build);
      const next = sheet.cloneNode();
      next.href = address.href;
      next.onload = next.onerror = () => sheet.remove();
      sheet.after(next);
    });
  }

  // Listening. A browser has few connections to one server (six, as a rule),
  // so the tabs share one: the tab that holds the lock listens and tells the
  // others. When it is closed the lock passes on.

  function share() {
    const tabs = new BroadcastChannel("bulletin-preview");
    let latest;
    tabs.onmessage = ({ data }) => {
      if (data !== "ask") apply(data);
      else if (latest) tabs.postMessage(latest);
    };
    tabs.postMessage("ask");
    navigator.locks.request("bulletin-preview", () => new Promise((release) => {
      const stop = listen((state) => {
        latest = state;
        tabs.postMessage(state);
        apply(state);
      });
      addEventListener("pagehide", () => { stop(); release(); });
    }));
    addEventListener("pageshow", (event) => { if (event.persisted) reload(); });
  }

  function listen(receive) {
    let source, timer;
    const connect = () => {
      source = new EventSource("/_bulletin/reload");
      for (const name of ["state", "reload", "problems"]) {
        source.addEventListener(name, (event) => receive(JSON.parse(event.data)));
      }
      source.onerror = () => {
        // Otherwise the browser tries again by itself.
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(connect, 2000);
      };
    };
    connect();
    return () => { clearTimeout(timer); source.close(); };
  }

  // For browsers in which tabs cannot share: ask now and then.
  function ask() {
    fetch("/_bulletin/state")
      .then((answer) => (answer.ok ? answer.json() : Promise.reject()))
      .then(apply)
      .catch(() => {})
      .finally(() => { if (!leaving) setTimeout(ask, 2000); });
  }

  if (navigator.locks && self.BroadcastChannel && self.EventSource) share();
  else ask();

  // The overlay. It lives in a shadow tree, so that it and the page cannot
  // touch each other's looks. Texts come from the writer's files: they are
  // only ever set as text.

  let overlay, dismiss, shown = "";

  addEventListener("keydown", (event) => { if (event.key === "Escape" && overlay) dismiss(); });

  function show(state) {
    const key = JSON.stringify([state.errors, state.warnings, ...state.problems]);
    if (key === shown) return;
    shown = key;
    if (overlay) overlay.remove();
    overlay = null;
    if (state.problems.length > 0) overlay = present(state);
  }

  function present(state) {
    const host = document.createElement("bulletin-problems");
    const root = host.attachShadow({ mode: "open" });
    const sheet = make("link", { rel: "stylesheet", href: "/_bulletin/preview.css" });
    const toMend = count(state.errors, "thing to mend", "things to mend");
    const toCheck = count(state.warnings, "thing to check", "things to check");
    const summary = [toMend, toCheck].filter(Boolean).join(", ");

    const button = make("button", { type: "button", className: state.errors ? "badge" : "badge calm" }, summary);
    const close = make("button", { type: "button", className: "close" }, "Hide");
    const title = make("h2", { id: "title", tabIndex: -1 },
      state.errors ? "The last good version is still shown" : "This page is up to date");
    const head = make("div", { className: "head" }, title, close);
    const panel = make("section", { className: state.errors ? "panel" : "panel calm" }, head,
      make("p", { className: "summary" }, summary + ":"), list(state.problems));
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-labelledby", "title");
    const more = state.errors + state.warnings - state.problems.length;
    if (more > 0) panel.append(make("p", { className: "summary" }, "The terminal lists " + more + " more."));

    // Not modal: the page behind stays in use, and nothing holds the focus.
    const open = (yes) => {
      panel.hidden = !yes;
      button.hidden = yes;
    };
    button.onclick = () => { open(true); title.focus(); };
    const hide = () => { open(false); button.focus(); };
    close.onclick = hide;
    dismiss = () => { if (!panel.hidden) hide(); };
    open(state.errors > 0);

    root.append(sheet, make("div", { className: "frame" }, panel, button));
    host.hidden = true;
    sheet.onload = sheet.onerror = () => {
      host.hidden = false;
      // Whoever is typing or reading on elsewhere is not called away.
      if (!panel.hidden && document.activeElement === document.body) title.focus({ preventScroll: true });
    };
    document.documentElement.append(host);
    return host;
  }

  function list(problems) {
    const all = make("ol", { className: "problems" });
    for (const problem of problems) {
      const place = problem.line ? ":" + [problem.line, problem.col].filter(Boolean).join(":") : "";
      const error = problem.severity === "error";
      const item = make("li", { className: error ? "error" : "warning" },
        make("p", { className: "where" }, problem.file, make("span", {}, place)),
        make("p", { className: "text" }, (error ? "" : "Not urgent: ") + problem.text));
      if (problem.hint) item.append(make("p", { className: "hint" }, problem.hint));
      all.append(item);
    }
    return all;
  }

  function count(n, one, many) {
    return n === 0 ? "" : n + " " + (n === 1 ? one : many);
  }

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }
})();
