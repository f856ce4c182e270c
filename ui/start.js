// Starts the page. A file of its own, because the content security policy allows no script inside the page, and no module: a module waits for the style sheet. What takes longest is asked for first.
{
  const page = new Promise(there => document.addEventListener('DOMContentLoaded', there));
  const code = fetch('./app_bg.wasm');
  Promise.all([import('./app.js'), page]).then(([{ default: init }]) => init({ module_or_path: code }));
}
