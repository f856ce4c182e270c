//! Said: what the desk says at the foot of its window, remembered, because it is gone after ten seconds.

use serde_json::json;

use crate::failure::Result;
use crate::wait::until;
use crate::webdriver::Window;

/// Runs in the page: remembers all that is said from now on.
const LISTEN: &str = "window.said = []; const at = document.querySelector('.snack-at'); \
    new MutationObserver(() => { if (at.innerText) said.push(at.innerText); }) \
    .observe(at, { childList: true, subtree: true, characterData: true });";

/// Begins to listen.
///
/// # Errors
/// The driver's refusal, or nobody is signed in.
pub async fn listen(desk: &Window) -> Result<()> {
    desk.run(LISTEN, json!([])).await.map(drop)
}

/// Waits until this was said; what was said before it is forgotten.
///
/// # Errors
/// It is not said in time.
pub async fn heard(desk: &Window, text: &str) -> Result<()> {
    const HEARD: &str = "const at = said.findIndex((it) => it.includes(arguments[0])); \
        if (at >= 0) said.splice(0, at + 1); return at >= 0 || said.join(', ');";
    until(&format!("“{text}” to be said"), || async {
        let heard = desk.run(HEARD, json!([text])).await?;
        Ok(if heard == json!(true) { Ok(()) } else { Err(heard.to_string()) })
    })
    .await
}
