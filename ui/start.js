// Starts the page. A file of its own, because the content security policy allows no script inside the page.
import init from './app.js';

init({ module_or_path: './app_bg.wasm' });
