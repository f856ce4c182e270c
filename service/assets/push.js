// News of replies on this device: turned on and off by its owner, and tested by a real announcement.

const place = document.querySelector("[data-push]");
const find = (name) => place.querySelector(`[data-push-${name}]`);
const text = find("text");
const offer = text.textContent;

function send(path, fields) {
  const body = new URLSearchParams({ csrf: place.dataset.csrf, ...fields });
  return fetch(`/customer/push${path}`, { method: "POST", body, headers: { accept: "application/json" } });
}

function keyOf(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

async function tellService(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const answer = await send("", { endpoint, p256dh: keys.p256dh, auth: keys.auth });
  if (!answer.ok) throw new Error(`refused: ${answer.status}`);
}

function draw(on, say) {
  find("on").hidden = on;
  find("off").hidden = !on;
  find("test").hidden = !on;
  text.textContent = say ?? (on ? place.dataset.isOn : offer);
}

/** Does something with the buttons held still; a failure is said. */
async function act(work) {
  const buttons = [...place.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  try {
    await work();
  } catch {
    text.textContent = Notification.permission === "denied" ? place.dataset.denied : place.dataset.failed;
  }
  for (const button of buttons) button.disabled = false;
}

async function start() {
  if (!("PushManager" in window && "serviceWorker" in navigator && "Notification" in window)) return;
  const { pushManager } = await navigator.serviceWorker.ready;
  const current = await pushManager.getSubscription();
  // Another key, or a service that forgot us: said again, once a visit.
  if (current) tellService(current).catch(() => {});
  draw(Boolean(current));
  place.hidden = false;
  find("on").addEventListener("click", () => act(async () => {
    if ((await Notification.requestPermission()) !== "granted") throw new Error("not allowed");
    const options = { userVisibleOnly: true, applicationServerKey: keyOf(place.dataset.push) };
    await tellService(await pushManager.subscribe(options));
    draw(true);
  }));
  find("off").addEventListener("click", () => act(async () => {
    const subscription = await pushManager.getSubscription();
    if (subscription) {
      await send("/end", { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    }
    draw(false);
  }));
  find("test").addEventListener("click", () => act(async () => {
    const { endpoint } = await pushManager.getSubscription();
    const answer = await send("/test", { endpoint });
    if (!answer.ok) throw new Error(`refused: ${answer.status}`);
    draw(true, place.dataset.tested);
  }));
}

if (place) start();
