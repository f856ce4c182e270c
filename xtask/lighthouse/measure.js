// Measures the customers' pages as Lighthouse does on a phone: signs in as a customer of the demo, opens each page in
// Debian's Chromium, and writes the scores. Started by `cargo xtask lighthouse` with: address, email, password, report.

import { writeFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [url, email, password, out] = process.argv.slice(2);
const LIST = "/customer/support/tickets";
const jar = new Map();

async function visit(path, form) {
  const headers = { accept: "text/html", cookie: [...jar].map((pair) => pair.join("=")).join("; ") };
  if (form) headers.origin = url;
  const body = form && new URLSearchParams(form);
  const answer = await fetch(url + path, { method: form ? "POST" : "GET", headers, body, redirect: "manual" });
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    jar.set(name, value);
  }
  return answer.text();
}

const door = await visit("/login");
await visit("/login", { csrf: /name="csrf" value="([^"]+)"/.exec(door)[1], email, password });
const list = await visit(LIST);
const ticket = /class="trow[^"]*" href="([^"#]+)/.exec(list)?.[1];
if (!ticket) throw new Error("the customer of the demo has no ticket, or was not signed in");

const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
const pages = [
  ["sign-in", "/login", false],
  ["register", "/register", false],
  ["list", LIST, true],
  ["create", `${LIST}/create`, true],
  ["conversation", ticket, true],
];
async function measure(address, own) {
  const chromeFlags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"];
  // A browser that was just started sometimes draws too late to be timed; that says nothing of the page.
  for (let left = 2; ; left -= 1) {
    const chrome = await launch({ chromeFlags });
    const { lhr } = await lighthouse(address, { port: chrome.port, output: "json", logLevel: "error", extraHeaders: own ? { Cookie: cookie } : {} });
    await chrome.kill();
    const unknown = Object.values(lhr.categories).filter((category) => category.score === null);
    if (unknown.length === 0 || left === 0) return lhr;
    console.log(`  measured again: ${unknown.map((category) => category.title).join(", ")} could not be told`);
  }
}
const score = (lhr, name) => Math.round((lhr.categories[name]?.score ?? 0) * 100);
const report = { pages: [] };
for (const [name, path, own] of pages) {
  const lhr = await measure(url + path, own);
  const page = { name, performance: score(lhr, "performance"), accessibility: score(lhr, "accessibility"), best_practices: score(lhr, "best-practices"), seo: score(lhr, "seo") };
  report.pages.push(page);
  console.log(`${name.padEnd(14)} performance ${page.performance}  accessibility ${page.accessibility}  best practices ${page.best_practices}  SEO ${page.seo}`);
  for (const audit of Object.values(lhr.audits)) {
    const weak = audit.score !== null && audit.score < 0.9 && !["informative", "manual", "notApplicable", "metricSavings"].includes(audit.scoreDisplayMode);
    if (weak && !(own && audit.id === "is-crawlable")) console.log(`  ${audit.id}: ${audit.title} ${audit.displayValue ?? ""}`);
  }
}
writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`);
const low = report.pages.filter((page) => Math.min(page.performance, page.accessibility, page.best_practices) < 95 || (["sign-in", "register"].includes(page.name) && page.seo < 95));
if (low.length > 0) {
  console.log(`below 95: ${low.map((page) => page.name).join(", ")}`);
  process.exitCode = 1;
}
