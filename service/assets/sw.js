// The app on the device: what was seen last is shown without a line, unsent messages leave when it is back, replies are announced.
// Everything private is kept under the person it belongs to, and goes when they sign out or somebody else signs in.

const SHELL = "shell-{version}";
const FILES = ["{files}"];
const OFFLINE = { id: "/offline/id", en: "/offline/en" };
const LIST = "/customer/support/tickets";
const PAGES_MOST = 40;
const ASKED_AGAIN_MOST = 5;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "GET" && url.pathname.startsWith("/assets/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event, request, url));
});
addEventListener("sync", (event) => { if (event.tag === "unsent") event.waitUntil(sendUnsent()); });
addEventListener("push", (event) => event.waitUntil(announce(event.data)));
addEventListener("notificationclick", (event) => event.waitUntil(open(event.notification)));

async function install() {
  await (await caches.open(SHELL)).addAll([...FILES, ...Object.values(OFFLINE)]);
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== SHELL) await caches.delete(name);
  await registration.navigationPreload?.enable();
  await clients.claim();
}

/** A file's name says its content, so what is kept is right. */
async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function page(event, request, url) {
  // Whatever the line does: who signs out leaves nothing behind.
  if (request.method === "POST" && url.pathname === "/logout") await forget();
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(request));
    event.waitUntil(learn(request.method, url, answer.clone()));
    return answer;
  } catch {
    return (await seen(request, url)) ?? away();
  }
}

// ---- who is signed in, and what they saw

async function known() {
  return (await (await caches.open("known")).match("/who"))?.json();
}

/** Learns from an answer who is signed in, and keeps a page of theirs or forgets it. */
async function learn(method, url, answer) {
  const ours = method === "GET" && (url.pathname === LIST || url.pathname.startsWith(`${LIST}/`));
  if (ours && [403, 404].includes(answer.status)) return drop(url.pathname);
  if (!answer.ok || !answer.headers.get("content-type")?.startsWith("text/html")) return;
  const person = answer.headers.get("x-gemilang-person");
  const who = await known();
  if (!person) {
    // The door was shown: nobody is signed in any more.
    if (who && ["/login", "/register"].includes(url.pathname)) await forget();
    return;
  }
  if (who && who.person !== person) await forget();
  const language = answer.headers.get("content-language");
  await (await caches.open("known")).put("/who", Response.json({ person, language }));
  if (!ours || (url.search && !url.search.startsWith("?filed="))) return;
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  const html = await answer.text();
  headers.set("x-kept-at", new Date().toISOString());
  headers.set("x-kept-n", html.match(/<main[^>]* data-n="(\d+)"/)?.[1] ?? "");
  const cache = await caches.open(`pages-${person}`);
  await cache.delete(url.pathname);
  await cache.put(url.pathname, new Response(html, { headers }));
  for (const old of (await cache.keys()).slice(0, -PAGES_MOST)) await cache.delete(old);
  if (url.pathname === LIST) await askAgain(cache, html);
}

/** What is no longer theirs to see is shown nowhere: not its page, not one that names it, not its announcement. */
async function drop(path) {
  const who = await known();
  if (!who) return;
  const cache = await caches.open(`pages-${who.person}`);
  for (const page of await cache.keys()) {
    const names = async () => (await (await cache.match(page)).text()).includes(path);
    if (new URL(page.url).pathname === path || (await names())) await cache.delete(page);
  }
  for (const shown of await registration.getNotifications()) if (shown.data?.url === path) shown.close();
}

/**
 * A kept ticket of which the list knows something newer would show what has been answered, or erased, since. One that
 * the list does not name may be shared no more, or only be older than its first page. Some are asked for again, the
 * longest kept first.
 */
async function askAgain(cache, list) {
  const rows = list.matchAll(/<a class="trow[^>]* href="([^"#]+)[^>]* data-n="(\d+)"/g);
  const newest = new Map([...rows].map(([, path, n]) => [path, n]));
  const old = [];
  for (const page of await cache.keys()) {
    const url = new URL(page.url);
    if (url.pathname === LIST) continue;
    const kept = (await cache.match(page))?.headers.get("x-kept-n");
    if (newest.get(url.pathname) !== kept) old.push(url);
  }
  for (const url of old.slice(0, ASKED_AGAIN_MOST)) {
    // Nobody looks at it: nothing of it is read now.
    await learn("GET", url, await fetch(url, { headers: { accept: "text/html", purpose: "prefetch" } }));
  }
}

/** The page as it was seen last, saying when. */
async function seen(request, url) {
  const who = await known();
  if (!who || request.method !== "GET" || (url.search && !url.search.startsWith("?filed="))) return undefined;
  const kept = await (await caches.open(`pages-${who.person}`)).match(url.pathname === "/" ? LIST : url.pathname);
  if (!kept) return undefined;
  const html = (await kept.text()).replace("<body ", `<body data-kept-at="${kept.headers.get("x-kept-at")}" `);
  return new Response(html, { headers: kept.headers });
}

async function away() {
  const language = (await known())?.language ?? (navigator.language.startsWith("en") ? "en" : "id");
  const { body, headers } = (await caches.match(OFFLINE[language] ?? OFFLINE.id)) ?? Response.error();
  return new Response(body, { status: 503, headers });
}

async function forget() {
  for (const name of await caches.keys()) if (!name.startsWith("shell-")) await caches.delete(name);
  for (const shown of await registration.getNotifications()) shown.close();
  await (await registration.pushManager?.getSubscription())?.unsubscribe();
}

// ---- messages that no page could send

/** Sends them in order, each under the id it was given when it was written, so that none is sent twice. */
async function sendUnsent() {
  const who = await known();
  if (!who) return;
  const cache = await caches.open(`unsent-${who.person}`);
  for (const place of await cache.keys()) {
    const { url, csrf, items } = await (await cache.match(place)).json();
    for (const { id, message } of items) {
      const body = new URLSearchParams({ csrf, id, message });
      const answer = await fetch(`${url}/messages`, { method: "POST", body, headers: { accept: "application/json" } });
      // The browser asks us again later.
      if (answer.status === 429 || answer.status >= 500) throw new Error(`not yet: ${answer.status}`);
      // What is refused is told by the page, which still has it.
      if (!answer.ok) break;
    }
    await cache.delete(place);
  }
}

// ---- replies, announced

async function announce(data) {
  let news;
  try {
    news = data.json();
  } catch {
    return;
  }
  const who = await known();
  if (who?.person !== news.person) return;
  const windows = await clients.matchAll({ type: "window" });
  if (windows.some((window) => window.focused && new URL(window.url).pathname === news.url)) return;
  await registration.showNotification(news.title, {
    body: news.body,
    tag: news.tag,
    renotify: true,
    lang: news.language,
    icon: "{icon}",
    badge: "{badge}",
    data: { url: news.url },
  });
}

async function open(notification) {
  notification.close();
  const { url } = notification.data;
  const windows = await clients.matchAll({ type: "window" });
  const there = windows.find((window) => new URL(window.url).pathname === url);
  if (there) return there.focus();
  return clients.openWindow(`${url}#new`);
}
