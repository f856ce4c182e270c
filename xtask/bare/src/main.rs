//! Shows an empty page in a window like the desk's, and shows it as the desk does: once the page is there and asks for it. The page lies in the folder that is named first.

use std::borrow::Cow;
use std::path::PathBuf;

use tauri::utils::assets::{AssetKey, AssetsIter, CspHash};
use tauri::{Assets, Manager, Wry};

/// A page that lies in a folder, because it is made after this program.
struct Page {
    folder: PathBuf,
}

impl Assets<Wry> for Page {
    fn get(&self, key: &AssetKey) -> Option<Cow<'_, [u8]>> {
        std::fs::read(self.folder.join(key.as_ref().trim_start_matches('/'))).ok().map(Cow::Owned)
    }

    fn iter(&self) -> Box<AssetsIter<'_>> {
        Box::new(std::iter::empty())
    }

    fn csp_hashes(&self, _html: &AssetKey) -> Box<dyn Iterator<Item = CspHash<'_>> + '_> {
        Box::new(std::iter::empty())
    }
}

/// The page is there.
#[tauri::command]
#[expect(clippy::needless_pass_by_value, reason = "the shape Tauri calls")]
fn ready(app: tauri::AppHandle) {
    for window in app.webview_windows().values() {
        if let Err(error) = window.show() {
            eprintln!("the window could not be shown: {error}");
        }
    }
}

fn main() {
    let folder = std::env::args_os().nth(1).map(PathBuf::from).unwrap_or_default();
    let mut context = tauri::generate_context!();
    drop(context.set_assets(Box::new(Page { folder })));
    let run = tauri::Builder::default().invoke_handler(tauri::generate_handler![ready]).run(context);
    if let Err(error) = run {
        eprintln!("no window: {error}");
        std::process::exit(1);
    }
}
