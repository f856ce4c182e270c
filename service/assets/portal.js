// What every page shares: forms are sent once, drafts are kept, menus close, passwords can be looked at.

import { forgetAll, keep, kept, names } from "./drafts.js";
import { figure } from "./text.js";

const all = (selector) => document.querySelectorAll(selector);

// A form goes out once, however often it is tapped; coming back to the page opens it again.
for (const form of all("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.gone) {
      event.preventDefault();
      return;
    }
    form.dataset.gone = "yes";
    const text = event.submitter?.dataset.busy && event.submitter.querySelector("span");
    if (text) {
      text.dataset.was = text.textContent;
      text.textContent = event.submitter.dataset.busy;
    }
  });
}
addEventListener("pageshow", () => {
  for (const form of all("form[data-gone]")) {
    delete form.dataset.gone;
    for (const text of form.querySelectorAll("[data-was]")) text.textContent = text.dataset.was;
  }
});

// A form sent into the void would be lost with its page: it waits here, and its draft is kept.
for (const form of all("form[data-draft]")) {
  const note = form.querySelector("[data-no-line]");
  form.addEventListener("submit", (event) => {
    note.hidden = navigator.onLine !== false;
    if (note.hidden) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { capture: true });
  addEventListener("online", () => { note.hidden = true; });
}

// A page the device kept says so, and since when; the line's return brings the real one.
const keptAt = document.body.dataset.keptAt;
if (keptAt && !document.querySelector("[data-chat]")) {
  const note = document.getElementById("t-kept").content.firstElementChild.cloneNode(true);
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(new Date(keptAt));
  note.querySelector("span").textContent = note.dataset.text.replace("{time}", time);
  document.querySelector(".bar").after(note);
  addEventListener("online", () => location.reload());
}

// The app on the device: see sw.js.
navigator.serviceWorker?.register("/sw.js").catch(() => {});

// Nobody else who uses this device shall find what was written here.
for (const form of all("form[data-sign-out]")) form.addEventListener("submit", forgetAll);

for (const button of all("[data-show]")) {
  const field = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
}

// Menus are <details>; a click elsewhere or Escape closes them.
document.addEventListener("click", (event) => {
  for (const menu of all("details.pop[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of all("details.pop[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What is said under a field was said of what stood there; once that is changed it is said no more, until the form is sent again.
for (const form of all("form")) {
  form.addEventListener("input", (event) => {
    const field = event.target.closest("[aria-invalid]");
    if (!field) return;
    document.getElementById(field.getAttribute("aria-describedby"))?.remove();
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    field.closest(".is-invalid")?.classList.remove("is-invalid");
    if (!form.querySelector("[aria-invalid]")) document.querySelector(".form-banner")?.remove();
  });
}

// Fields are checked as they are left, by the service's rules and in its words; the service checks them again.
function wrong(field) {
  if (field.dataset.required) return field.querySelector(":checked") ? "" : field.dataset.required;
  const rule = JSON.parse(field.dataset.rule);
  const text = field.value.trim();
  const is = [...text.replaceAll("\r\n", "\n")].length;
  const say = (sentence) => sentence.replace("{n}", figure(is, document.documentElement.lang));
  if (!/[^\s\p{C}\u00ad]/u.test(text)) return rule.empty;
  return is < rule.least ? say(rule.short) : is > rule.most ? say(rule.long) : "";
}
function tell(field, text) {
  if (!text || field.hasAttribute("aria-invalid")) return;
  const error = document.getElementById("t-error").content.firstElementChild.cloneNode(true);
  error.id = `${field.id || "category"}-error`;
  error.querySelector("span").textContent = text;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", error.id);
  field.classList.toggle("is-invalid", field.matches(".form-control"));
  if (field.matches("fieldset")) field.append(error);
  else field.after(error);
}
for (const form of all("form[data-rules]")) {
  const fields = [...form.querySelectorAll("[data-rule], [data-required]")];
  for (const field of fields) field.addEventListener("change", () => { if (field.value) tell(field, wrong(field)); });
  // Before the others hear of the submit: what is refused here was not sent.
  form.addEventListener("submit", (event) => {
    for (const field of fields) tell(field, wrong(field));
    const first = fields.find((field) => field.hasAttribute("aria-invalid"));
    if (!first) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    (first.matches("fieldset") ? first.querySelector("input") : first).focus();
    first.scrollIntoView({ block: "center" });
  }, { capture: true });
}

for (const meter of all("[data-meter]")) {
  const field = document.getElementById(meter.dataset.meter);
  const count = meter.querySelector("[data-count]");
  const say = () => {
    const letters = [...field.value.trim()].length;
    count.textContent = letters ? `${figure(letters, document.documentElement.lang)} ${meter.dataset.one}` : "";
  };
  field.addEventListener("input", say);
  field.form.addEventListener("draft", say);
  say();
}

for (const select of all(".order-pick select")) {
  const pick = select.closest(".order-pick");
  pick.dataset.live = "";
  const say = () => {
    const { date, days } = select.selectedOptions[0].dataset;
    pick.querySelector("[data-order-date]").textContent = date;
    const place = pick.querySelector("[data-order-days]");
    place.hidden = !days;
    place.querySelector(".hday").textContent = days ?? "";
  };
  select.addEventListener("change", say);
  select.form.addEventListener("draft", say);
  say();
}

// The create form's draft: every field but the hidden ones, kept while it is typed.
for (const form of all("form[data-draft]")) {
  const name = form.dataset.draft;
  const note = form.querySelector("[data-draft-note]");
  const fields = ["order", "category", "subject", "description", "priority"];
  const draft = "fresh" in form.dataset && kept(name);
  if (draft) {
    for (const field of fields) {
      const place = form.elements[field];
      if (place && draft[field] != null) place.value = draft[field];
    }
    note.hidden = !(draft.subject || draft.description);
    form.dispatchEvent(new Event("draft"));
  }
  form.addEventListener("input", () => {
    const value = { id: form.elements.id.value };
    for (const field of fields) if (form.elements[field]) value[field] = form.elements[field].value;
    const written = value.subject || value.description;
    note.hidden = !(keep(name, written ? value : null) && written);
  });
}
// Once its ticket is there, a draft has done its work.
const ticket = document.querySelector("[data-ticket][data-chat]")?.dataset.ticket;
if (ticket) for (const name of names()) if (name.startsWith("create") && kept(name)?.id === ticket) keep(name, null);

// Choices are kept as they are made; without script there is a button.
for (const form of all("form[data-autosave]")) {
  const note = document.querySelector("[data-saved]");
  form.dataset.live = "";
  let turn = 0;
  form.addEventListener("change", async () => {
    const mine = ++turn;
    const body = new URLSearchParams(new FormData(form));
    const kept = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } }).then((it) => it.ok, () => false);
    if (mine !== turn) return;
    note.textContent = kept ? note.dataset.saved : note.dataset.failed;
    // What could not be kept now can be kept by hand.
    if (!kept) delete form.dataset.live;
  });
}

// After signing in again the form is shown under the door's address; give it its own.
const own = document.querySelector("[data-own-path]")?.dataset.ownPath;
if (own) history.replaceState(null, "", own);
