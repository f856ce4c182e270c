// Small words and figures for the other modules: ids, names, clocks, links. Nothing here touches the page.

/** A UUIDv7, made here so that a second try is recognised as the same thing. */
export function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; i += 1) bytes[i] = (now / 2 ** (40 - 8 * i)) & 255;
  bytes[6] = (bytes[6] & 15) | 112;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The letters in a person's circle. */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "?")][0];
  const last = words.length > 1 ? [...words[words.length - 1]][0] : "";
  return (first + last).toUpperCase();
}

/** Which of the five tints a person has. */
export function tint(id) {
  return (parseInt(id.slice(-2), 16) % 5) + 1;
}

/** What a person is called in a conversation: their first word, or two where the first one is among the beginnings that are no name. */
export function called(name, beginnings) {
  const words = name.trim().split(/\s+/);
  return words.slice(0, beginnings.includes(words[0].toLowerCase()) ? 2 : 1).join(" ");
}

/** A time on the clock of a zone so many hours ahead of UTC: the day and `14:32`. */
export function local(time, hours) {
  const iso = new Date(new Date(time).getTime() + hours * 3600000).toISOString();
  return { day: iso.slice(0, 10), clock: iso.slice(11, 16), minute: Math.floor(new Date(time).getTime() / 60000) };
}

/** A day between messages, when it is not today. */
export function dayName(day, language) {
  return new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(new Date(day));
}

/** A whole number with its thousands apart. */
export function figure(number, language) {
  return new Intl.NumberFormat(language).format(number);
}

const ADDRESS = /https?:\/\/[\p{L}\p{N}[][^\s<>"`\\]*/giu;
const PAIRS = { ")": "(", "]": "[", "}": "{" };

/** A text as nodes: its web addresses are links that tell the other side nothing. As the service writes them; see `links.rs`. */
export function linked(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    if (/[\p{L}\p{N}]/u.test([...text.slice(0, found.index)].pop() ?? "")) continue;
    let address = found[0];
    for (let last; (last = address.at(-1)); address = address.slice(0, -1)) {
      const unopened = PAIRS[last] && address.split(last).length > address.split(PAIRS[last]).length;
      if (!unopened && !".,;:!?'\"”’»…*_~".includes(last)) break;
    }
    nodes.push(text.slice(from, found.index), Object.assign(document.createElement("a"), { href: address, target: "_blank", rel: "noopener noreferrer nofollow ugc", textContent: address }));
    from = found.index + address.length;
  }
  nodes.push(text.slice(from));
  return nodes;
}
