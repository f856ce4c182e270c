//! Page: what must hold for every page whatever it shows: nothing beside the screen, fingers find every target, and axe has nothing to say.

use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::webdriver::Window;

/// Runs in the page: waits until it is whole and nothing moves that comes to rest. A colour on its way to another is measured by nobody.
const AT_REST: &str = r#"
return (async () => {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  await document.fonts.ready;
  // In a menu that is shut nothing moves on, so nothing there ends.
  const moving = () => document.getAnimations().filter((it) => it.playState === "running" &&
    it.effect.target?.checkVisibility() && Number.isFinite(it.effect.getComputedTiming().endTime));
  // Whatever ends may begin another; the next frame shows it, and the one after it is drawn.
  do {
    await Promise.allSettled(moving().map((it) => it.finished));
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
  } while (moving().length > 0);
})();
"#;

/// Runs in the page: what sticks out of it, and what is too small for a finger. A link within a sentence may be as high as its line.
const LOOK: &str = r#"
const wide = document.scrollingElement.scrollWidth - innerWidth;
const small = [];
if (matchMedia("(pointer: coarse)").matches) {
  for (const it of document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")) {
    // Whoever taps the label taps its box.
    const within = it.matches("input[type=radio], input[type=checkbox]") ? it.closest("label") : it;
    const { width, height } = within.getBoundingClientRect();
    if (!it.checkVisibility() || width === 0 || it.matches(".bubble a, p a, .visually-hidden")) continue;
    if (height < 43.5 || width < 43.5) small.push(`${it.outerHTML.slice(0, 90)} is ${Math.round(width)}x${Math.round(height)}`);
  }
}
return { wide, small };
"#;

/// Runs in the page once axe is there.
const AXE: &str = "return axe.run(document, { resultTypes: ['violations'] }).then((found) => \
    found.violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${node.html.slice(0, 160)} (${node.any[0]?.message ?? it.help})`)))";

/// Runs in the desk's page: what is cut off, where nothing tells the whole of it to who points at it. The last words of a row are a glimpse.
const CUT: &str = r#"
const cut = [];
for (const it of document.querySelectorAll("body *")) {
  const style = getComputedStyle(it);
  if (style.textOverflow !== "ellipsis" || it.scrollWidth <= it.clientWidth || it.matches(".last") || !it.checkVisibility()) continue;
  if (!it.closest("[title]") && !it.querySelector("[title]")) cut.push(`cut without a title: ${it.outerHTML.slice(0, 160)}`);
}
return cut;
"#;

/// Looks a page of the portal over in both themes and keeps a picture of each as `portal-<name>-<theme>`. Answers what is wrong.
///
/// # Errors
/// The driver's refusal, or axe is not installed.
pub async fn look_over(page: &Window, name: &str) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    for theme in ["light", "dark"] {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        page.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        wrong.extend(inspect(page, &format!("portal-{name}-{theme}")).await?);
    }
    Ok(wrong)
}

/// Looks the desk over as it stands, inside its own web view, in both themes, and keeps a picture of each as `desk-<name>-<theme>`.
/// Answers what is wrong. Its theme is again what it was.
///
/// # Errors
/// As [`look_over`].
pub async fn look_over_desk(desk: &Window, name: &str) -> Result<Vec<String>> {
    const DRESS: &str = "const root = document.documentElement, was = root.dataset.bsTheme; \
        root.dataset.bsTheme = arguments[0]; return was;";
    let mut wrong = Vec::new();
    let mut before = None;
    for theme in ["light", "dark"] {
        let was = desk.run(DRESS, json!([theme])).await?;
        before.get_or_insert(was);
        let name = format!("desk-{name}-{theme}");
        wrong.extend(inspect(desk, &name).await?);
        wrong.extend(strings(&desk.run(CUT, json!([])).await?).into_iter().map(|text| format!("{name}: {text}")));
    }
    desk.run(DRESS, json!([before])).await?;
    Ok(wrong)
}

/// Keeps a picture of what is on screen, and answers what is wrong with it.
async fn inspect(page: &Window, name: &str) -> Result<Vec<String>> {
    let axe = concat!(env!("CARGO_MANIFEST_DIR"), "/../node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(axe)
        .map_err(|error| Failure::Answer(format!("{axe}: {error}; run `npm ci` in the workspace")))?;
    page.run(AT_REST, json!([])).await?;
    page.picture(name).await?;
    page.run(&axe, json!([])).await?;
    let mut wrong = strings(&page.run(AXE, json!([])).await?);
    let seen = page.run(LOOK, json!([])).await?;
    if seen["wide"].as_f64().unwrap_or_default() > 0.5 {
        wrong.push(format!("{} px beside the screen", seen["wide"]));
    }
    wrong.extend(strings(&seen["small"]));
    Ok(wrong.into_iter().map(|text| format!("{name}: {text}")).collect())
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
