// Keeps parts of a page as they are now: the server says that something has changed, or some seconds have passed, and
// the page is fetched again. Without script the page stays as it was when it was asked for.
"use strict";
(() => {
  const { liveEvents, liveEvery } = document.body.dataset;
  const state = document.querySelector("[data-live-state]");
  const say = name => { if (state) state.textContent = state.dataset[name] ?? ""; };
  let wanted = false, busy = false;

  // Whoever types or reads in a part keeps it.
  const inUse = part => part.contains(document.activeElement) && document.activeElement.matches("input,select,textarea");

  const refresh = async () => {
    if (busy || document.hidden) { wanted = true; return; }
    busy = true; wanted = false;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
      if (!answer.ok) { say("away"); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const next = fresh.getElementById(part.id);
        if (!next || next.innerHTML === part.innerHTML || inUse(part)) continue;
        const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
        const open = new Set([...part.querySelectorAll("details[open][id]")].map(d => d.id));
        part.replaceChildren(...next.childNodes);
        for (const id of open) document.getElementById(id)?.setAttribute("open", "");
        if (focused) document.getElementById(focused)?.focus();
      }
      document.title = fresh.title;
      say("live");
    } catch { say("away"); }
    finally { busy = false; if (wanted && !document.hidden) setTimeout(refresh, 500); }
  };

  if (liveEvents) {
    const events = new EventSource(liveEvents);
    events.addEventListener("change", refresh);
    events.onopen = () => say("live");
    events.onerror = () => say("away");
  }
  if (liveEvery) {
    say("live");
    setInterval(refresh, liveEvery * 1000);
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden && wanted) refresh(); });
})();
