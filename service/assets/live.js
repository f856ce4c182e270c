// The line to the service: server-sent events, resumed after the last one seen; polling every 15 s when they do not get through.

const POLL = 15000;
// The service says something at least every 20 s; longer silence means a line that only looks open, as after sleep.
const SILENCE = 45000;

/**
 * Keeps a line open. `on.event(name, data)` gets every event, `on.state(word)` one of `live`, `again`, `none`, `polling`,
 * `on.poll()` is asked for what is new while events do not get through, `on.ended()` when the session is over.
 */
export function connect(url, cursor, on) {
  let source = null;
  let failures = 0;
  let heard = Date.now();
  let timer = 0;
  let poller = 0;
  let ended = false;

  function say(state) {
    on.state(navigator.onLine === false ? "none" : state);
  }

  function open() {
    clearTimeout(timer);
    source?.close();
    if (ended) return;
    source = new EventSource(`${url}?after=${encodeURIComponent(cursor)}`);
    source.onopen = () => {
      failures = 0;
      heard = Date.now();
      clearInterval(poller);
      poller = 0;
      say("live");
    };
    source.onerror = () => {
      say(poller ? "polling" : "again");
      // The browser tries again by itself only after a cut line, not after a refusal.
      if (source.readyState === EventSource.CLOSED) retry();
    };
    for (const name of ["message", "ticket", "read", "trail", "erased", "moved", "delivered", "typing", "ping"]) {
      source.addEventListener(name, (event) => {
        heard = Date.now();
        if (event.lastEventId) cursor = event.lastEventId;
        if (name !== "ping") on.event(name, JSON.parse(event.data));
      });
    }
    source.addEventListener("gone", () => {
      ended = true;
      source.close();
      location.replace("/customer/support/tickets");
    });
    source.addEventListener("bye", () => {
      ended = true;
      source.close();
      on.ended();
    });
  }

  function retry() {
    failures += 1;
    const wait = Math.min(30000, 1000 * 2 ** failures) * (0.75 + Math.random() / 2);
    timer = setTimeout(open, wait);
    if (failures >= 3 && !poller) {
      say("polling");
      poller = setInterval(poll, POLL);
      poll();
    }
  }

  async function poll() {
    if (document.visibilityState === "hidden" || navigator.onLine === false) return;
    const answer = await on.poll();
    if (answer === "ended") {
      ended = true;
      clearInterval(poller);
      clearTimeout(timer);
      on.ended();
    } else {
      say(answer ? "polling" : "again");
    }
  }

  function wake() {
    if (!ended && Date.now() - heard > SILENCE) {
      heard = Date.now();
      say("again");
      open();
    }
  }

  setInterval(wake, 5000);
  document.addEventListener("visibilitychange", wake);
  addEventListener("online", () => { say("again"); open(); });
  addEventListener("offline", () => say("none"));
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
  open();
}
