// Drafts: what somebody typed and did not send, kept on this device per person and ticket. Gone when they sign out.

const me = document.body.dataset.me ?? "";
const prefix = `gemilang:${me}:`;

/** What was kept under a name, if anything. */
export function kept(name) {
  try {
    return me && JSON.parse(localStorage.getItem(prefix + name));
  } catch {
    return null;
  }
}

/** Keeps a value; nothing and an empty text are forgotten. Storage may be full or forbidden: then nothing is kept, and false is said. */
export function keep(name, value) {
  if (!me) return false;
  try {
    if (value == null || value === "" || value.length === 0) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Leaves unsent messages where the service worker finds them: they go when the line is back, even with no page open. */
export async function keepUnsent(ticket, unsent) {
  if (!me || !("caches" in window)) return;
  try {
    const cache = await caches.open(`unsent-${me}`);
    const place = `/unsent/${ticket}`;
    if (unsent.items.length === 0) {
      await cache.delete(place);
    } else {
      await cache.put(place, new Response(JSON.stringify(unsent)));
      await (await navigator.serviceWorker.getRegistration())?.sync?.register("unsent");
    }
  } catch {
    // The page itself still has them.
  }
}

/** The names under which something is kept. */
export function names() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  } catch {
    return [];
  }
}

/** Forgets everything of this person. */
export function forgetAll() {
  for (const name of names()) keep(name, null);
}
