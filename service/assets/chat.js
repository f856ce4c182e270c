// The open conversation: new messages appear, own ones are sent and marked, nothing is shown twice and nothing typed is lost.

import { keep, keepUnsent, kept } from "./drafts.js";
import { connect } from "./live.js";
import { called, dayName, freshId, initials, linked, local, tint } from "./text.js";

const chat = document.querySelector("[data-chat]");
const { chat: url, ticket, cursor } = chat.dataset;
const words = JSON.parse(chat.dataset.words);
const hours = Number(chat.dataset.zoneHours);
const me = document.body.dataset.me;
const language = document.documentElement.lang;
const find = (selector, root = chat) => root.querySelector(selector);
const flow = find("#flow");
const list = find("[data-flow]");
const pendingList = find("[data-pending]");
const jump = find("[data-jump]");
const writer = find("[data-writer]");
const box = writer.elements.message;
const shut = find("[data-shut]");
let seen = 0;
let missed = 0;
let headN = 0;
let arrivedTo = 0;

// ---- what is on the page

const bubbles = () => [...list.querySelectorAll(".bubble[data-n]")];
const laterThan = (n) => [...list.querySelectorAll(".bubble[data-n], .event[data-event]")].find((it) => Number(it.dataset.n ?? it.dataset.event) > n);
const has = (id) => list.querySelector(`.bubble[data-id="${CSS.escape(id)}"]`);
const atBottom = () => Math.abs(flow.scrollTop) < 80;

function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function mark(name) {
  const all = document.getElementById("t-marks").content;
  return [...all.querySelector(`[data-mark="${name}"]`).cloneNode(true).childNodes];
}

function icon(name) {
  const picture = document.getElementById("t-marks").content.querySelector("svg").cloneNode(true);
  const use = picture.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${name}`));
  return picture;
}

function marks(article, clock, name) {
  const line = find(".marks", article);
  const time = line.querySelector("time") ?? Object.assign(document.createElement("time"), { className: "num" });
  time.textContent = clock;
  line.replaceChildren(time, ...(name ? mark(name) : []));
}

function day(time) {
  const last = [...list.querySelectorAll(".day[data-day]")].pop()?.dataset.day;
  if (last === time.day) return;
  const line = document.createElement("div");
  line.className = "day";
  line.dataset.day = time.day;
  line.textContent = local(Date.now(), hours).day === time.day ? words.today : dayName(time.day, language);
  pendingList.before(line);
}

/** The place before a bubble or an event among the rows of the conversation: a group that began earlier is parted there. */
function rowBefore(later) {
  const row = later.closest(".msg") ?? later;
  if (!later.previousElementSibling?.matches(".bubble")) return row;
  const rest = row.cloneNode(true);
  const from = [...row.querySelectorAll(".bubble")].indexOf(later);
  [...rest.querySelectorAll(".bubble")].slice(0, from).forEach((it) => it.remove());
  [...row.querySelectorAll(".bubble")].slice(from).forEach((it) => it.remove());
  [...row.querySelectorAll(".bubble")].pop().classList.remove("more");
  row.after(rest);
  return rest;
}

// ---- a message arrives, by whatever way

function show(message) {
  forget(message.id);
  if (has(message.id)) return;
  const bottom = atBottom();
  const time = local(message.created_at, hours);
  const mine = message.sender?.id === me;
  const sender = message.sender?.id ?? "";
  if (message.ticket) return;
  // An answer to what we sent can overtake an event on the line; the place is `n`'s to say.
  const later = laterThan(message.n);
  if (!later) day(time);
  const place = later ? rowBefore(later) : pendingList;
  let article = place.previousElementSibling;
  if (article?.matches(".msg[data-part]")) {
    article = Object.assign(document.createElement("div"), { className: "event from" });
    article.append(icon("merge"), Object.assign(document.createElement("span"), { textContent: words.from }));
    place.before(article);
  }
  const joins = article?.classList.contains("msg") && article.dataset.sender === sender && time.minute - Number(article.dataset.minute) <= 5;
  if (joins) {
    [...article.querySelectorAll(".bubble")].pop().classList.add("more");
  } else {
    article = clone(mine ? "t-mine" : "t-them");
    article.dataset.sender = sender;
    article.querySelector(".bubble").remove();
    if (!mine) {
      const name = message.sender?.name ?? words.system;
      find(".av", article).textContent = initials(name);
      find(".av", article).classList.add(`av-${sender ? tint(sender) : 1}`);
      find(".by b", article).textContent = message.sender ? called(name, words.beginnings) : name;
      if (message.sender_type !== "admin") find(".by span", article).remove();
    }
    place.before(article);
  }
  article.dataset.minute = time.minute;
  const bubble = document.createElement("div");
  bubble.className = "bubble";
  bubble.id = `m${message.n}`;
  Object.assign(bubble.dataset, { id: message.id, n: message.n });
  bubble.classList.toggle("erased", !message.message);
  bubble.append(...linked(message.message || words.erased));
  find(".marks", article).before(bubble);
  marks(article, time.clock, mine && (message.is_read ? "read" : message.n <= arrivedTo ? "delivered" : "sent"));
  if (!mine) typingPlace.hidden = true;
  if (mine || bottom) toBottom();
  else if (message.sender_type !== "customer") hint();
  markRead();
}

function toBottom() {
  flow.scrollTop = 0;
  missed = 0;
  jump.hidden = true;
}

function hint() {
  missed += 1;
  jump.lastElementChild.textContent = missed === 1 ? words.new_one : words.new_many.replace("{n}", missed);
  jump.hidden = false;
}

jump.addEventListener("click", toBottom);
flow.addEventListener("scroll", () => { if (atBottom()) { toBottom(); markRead(); } }, { passive: true });

// ---- status, reads and what happened

function head(ticket) {
  if (ticket.n < headN) return;
  headN = ticket.n;
  chat.dataset.status = ticket.status;
  const shape = document.getElementById("t-statuses").content.querySelector(`[data-for="${ticket.status}"]`);
  for (const place of document.querySelectorAll("[data-status-line], [data-fact=status], .trow.is-on .tagword")) {
    place.replaceChildren(...[...shape.cloneNode(true).childNodes]);
    if (place.classList.contains("tagword")) place.className = `tagword ${ticket.status}`;
  }
  if (ticket.assignee !== undefined) {
    for (const place of document.querySelectorAll("[data-fact=assignee]")) place.textContent = ticket.assignee ?? words.nobody;
  }
  const closed = ticket.status === "closed";
  writer.hidden = closed;
  shut.hidden = !closed;
  for (const details of document.querySelectorAll("[data-open-only]")) details.hidden = closed;
}

/** Own messages up to an event get another mark, unless they have one of `better` already. */
function markUpTo(upTo, name, better) {
  for (const article of list.querySelectorAll(`.msg.mine[data-sender="${CSS.escape(me)}"]`)) {
    const last = [...article.querySelectorAll(".bubble[data-n]")].pop();
    if (last && Number(last.dataset.n) <= upTo && !article.querySelector(better)) {
      marks(article, article.querySelector("time").textContent, name);
    }
  }
}

function read(event) {
  if (event.by === "admin") markUpTo(event.up_to, "read", ".marks .read");
}

function delivered(event) {
  arrivedTo = Math.max(arrivedTo, event.up_to);
  markUpTo(arrivedTo, "delivered", ".marks .read, .marks .tick-delivered");
}

// Whoever types says so every other second; some seconds after the last word they have stopped.
const typingPlace = find("[data-typing]");
let typingEnds = 0;
function typing(who) {
  const circle = find(".av", typingPlace);
  circle.textContent = initials(who.name);
  circle.className = `av av-${tint(who.id)}`;
  find(".visually-hidden", typingPlace).textContent = who.text;
  typingPlace.hidden = false;
  clearTimeout(typingEnds);
  typingEnds = setTimeout(() => { typingPlace.hidden = true; }, 6000);
}

function trail(event) {
  if (list.querySelector(`[data-event="${event.n}"]`)) return;
  const time = local(event.created_at, hours);
  const later = laterThan(event.n);
  if (!later) day(time);
  const line = document.createElement("div");
  line.className = "event";
  line.dataset.event = event.n;
  const [picture, text] = [document.createElement("span"), document.createElement("span")];
  picture.append(icon(event.icon));
  text.textContent = `${event.text} · ${time.clock}`;
  line.append(picture, text);
  (later ? rowBefore(later) : pendingList).before(line);
  const step = document.createElement("li");
  step.textContent = event.text;
  step.append(Object.assign(document.createElement("time"), { textContent: `${words.today} ${time.clock}` }));
  find("[data-trail]", document)?.prepend(step);
}

/** Tickets became one, or two again: the page comes anew where the conversation goes on. What is typed or unsent is kept. */
function moved() {
  location.replace(url);
}

/** What was erased goes from everywhere: words, names, history. The page comes anew; what is typed or unsent is kept beside it. */
function erased() {
  location.reload();
}

function markRead() {
  if (document.visibilityState === "hidden" || !atBottom()) return;
  const theirs = bubbles().filter((bubble) => bubble.closest(".them"));
  const up_to = Number(theirs.pop()?.dataset.n ?? 0);
  if (up_to <= seen) return;
  seen = up_to;
  post("read", { up_to }).catch(() => { seen = 0; });
}
document.addEventListener("visibilitychange", markRead);

// ---- sending: one at a time, in order, each with the id it was first given

const outboxName = `outbox:${ticket}`;
const draftName = `message:${ticket}`;
let outbox = kept(outboxName) || [];
let busy = false;

function post(action, fields) {
  const body = new URLSearchParams({ csrf: writer.elements.csrf.value, ...fields });
  return fetch(`${url}/${action}`, { method: "POST", body, headers: { accept: "application/json" }, signal: AbortSignal.timeout(20000) });
}

/** Keeps what is not sent: for this page, and for the service worker, which sends it when no page is open. */
function keepOutbox() {
  keep(outboxName, outbox);
  keepUnsent(ticket, { url, csrf: writer.elements.csrf.value, items: outbox });
}

function forget(id) {
  if (!outbox.some((item) => item.id === id)) return;
  outbox = outbox.filter((item) => item.id !== id);
  keepOutbox();
  pendingList.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove();
}

function draw(item, state, text) {
  let article = pendingList.querySelector(`[data-id="${CSS.escape(item.id)}"]`);
  if (!article) {
    article = clone("t-mine");
    article.dataset.id = item.id;
    find(".bubble", article).textContent = item.message;
    pendingList.append(article);
    toBottom();
  }
  article.classList.toggle("failed", state === "failed");
  article.classList.toggle("unsent", state !== "failed");
  const line = find(".marks", article);
  line.classList.toggle("failed", state === "failed");
  line.replaceChildren(...mark(state));
  if (text) line.querySelector("span").textContent = text;
  line.querySelector(".retry")?.addEventListener("click", () => { Object.assign(item, { stopped: false, waits: false }); pump(); });
  if (state === "failed" && item.signIn) {
    const link = Object.assign(document.createElement("a"), { href: `/login?next=${encodeURIComponent(url)}`, className: "retry", textContent: words.sign_in });
    line.querySelector(".retry").replaceWith(link);
  }
}

async function pump() {
  if (busy) return;
  busy = true;
  // What got no answer goes again before what was written after it: the order is the author's.
  for (let item; (item = outbox.find((it) => !it.stopped || it.waits)) && !item.waits; ) {
    draw(item, "sending");
    try {
      const answer = await post("messages", { id: item.id, message: item.message });
      const body = await answer.json();
      if (answer.ok) {
        forget(item.id);
        if (body.ticket && body.ticket.id !== ticket) return moved();
        show(body);
        continue;
      }
      item.stopped = true;
      item.signIn = answer.status === 401;
      draw(item, "failed", body.errors?.message?.[0] ?? body.detail);
      if (answer.status === 429 || answer.status >= 500) {
        // Not now, but later: it goes by itself, with the id it has.
        item.waits = true;
        setTimeout(resume, 1000 * (body.retry_after ?? 15));
      }
      if (body.code === "ticket_closed") head({ n: headN, status: "closed" });
    } catch {
      item.stopped = true;
      item.waits = true;
      draw(item, navigator.onLine === false ? "waiting" : "failed");
    }
  }
  for (const item of outbox) {
    if (!item.stopped) draw(item, "waiting");
  }
  busy = false;
}

function resume() {
  for (const item of outbox) {
    if (item.waits) Object.assign(item, { stopped: false, waits: false });
  }
  pump();
}

function send(event) {
  event?.preventDefault();
  const message = box.value.trim();
  if (!message) return;
  const field = writer.elements.id;
  outbox.push({ id: field.value, message });
  keepOutbox();
  draw(outbox[outbox.length - 1], "sending");
  field.value = freshId();
  box.value = "";
  keep(draftName, null);
  find(".error", writer)?.remove();
  box.classList.remove("is-invalid");
  pump();
}

/** The team sees that somebody is writing: a hint, said once in a while and never again when it is lost. */
let saidTyping = 0;
function writes() {
  if (!box.value.trim() || !navigator.onLine || Date.now() - saidTyping < 3000) return;
  saidTyping = Date.now();
  post("typing", {}).catch(() => {});
}

writer.addEventListener("submit", send);
box.addEventListener("keydown", (event) => {
  // On a keyboard Enter sends; on a phone it makes a new line, and the button sends.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(hover: hover) and (pointer: fine)").matches) send(event);
});
box.addEventListener("input", () => {
  keep(draftName, box.value);
  writes();
});
if (!box.value) box.value = kept(draftName) || "";
// What was typed or is unsent in a ticket that went into this one goes on here.
for (const part of chat.dataset.parts.split(" ").filter(Boolean)) {
  outbox.push(...(kept(`outbox:${part}`) || []));
  box.value = [box.value, kept(`message:${part}`)].filter(Boolean).join("\n");
  if (box.value) keep(draftName, box.value);
  keepOutbox();
  keep(`outbox:${part}`, null);
  keep(`message:${part}`, null);
  keepUnsent(part, { items: [] });
}
outbox = outbox.filter((item) => !has(item.id)).map(({ id, message }) => ({ id, message }));
keepOutbox();
for (const item of outbox) draw(item, "sending");
pump();

// ---- earlier messages, without leaving the page

async function earlier(event) {
  event.preventDefault();
  const link = event.currentTarget;
  if (link.dataset.gone) return;
  link.dataset.gone = "yes";
  try {
    const answer = await fetch(link.href, { headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const older = page.querySelector("[data-flow]");
    older.querySelectorAll("[data-pending], .older:not([data-older])").forEach((it) => it.remove());
    const first = list.querySelector(".day[data-day]");
    const last = [...older.querySelectorAll(".day[data-day]")].pop();
    // The day that both pages begin and end with is named once.
    if (first && last?.dataset.day === first.dataset.day) first.remove();
    const place = flow.scrollTop;
    link.replaceWith(...older.childNodes);
    flow.scrollTop = place;
    find("[data-older]")?.addEventListener("click", earlier);
  } catch {
    // The link alone works too: it opens the earlier page.
    location.href = link.href;
  }
}
find("[data-older]")?.addEventListener("click", earlier);

// ---- the line

async function poll() {
  const last = bubbles().pop()?.dataset.id;
  try {
    const answer = await fetch(`${url}/messages${last ? `?after=${last}` : ""}`, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(10000) });
    if (answer.status === 401) return "ended";
    if (!answer.ok) return false;
    const page = await answer.json();
    if (page.ticket?.id && page.ticket.id !== ticket) {
      moved();
      return true;
    }
    page.items.forEach(show);
    if (page.ticket) head(page.ticket);
    resume();
    return true;
  } catch {
    return false;
  }
}

const line = find("[data-link]");
if (cursor) {
  connect(`${url}/live`, cursor, {
    poll,
    event: (name, data) => ({ message: show, ticket: head, read, trail, erased, moved, delivered, typing })[name](data),
    state(state) {
      // Nobody waits for an answer on a closed ticket; its number says more.
      const closed = chat.dataset.status === "closed" && state === "live";
      find("[data-number]").hidden = !closed;
      line.hidden = closed;
      find(".dot", line).className = `dot${{ live: "", none: " dot-offline" }[state] ?? " dot-catchup"}`;
      find("[data-link-text]").textContent = words[state];
      find("[data-offline]").hidden = state !== "none";
      if (state === "live") resume();
    },
    ended() {
      line.hidden = false;
      find(".dot", line).className = "dot dot-offline";
      find("[data-link-text]").textContent = words.ended;
    },
  });
}
markRead();
// What a reload would repeat ("received") is said once.
if (location.search.includes("filed=")) history.replaceState(null, "", url);
