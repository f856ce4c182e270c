//! What the page asks the browser: the time, the zone, where the keyboard is. No state, no words.

use chrono::DateTime;
use gemilang_protocol::{Time, Zone};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Document, Element, Event, HtmlDocument, HtmlElement, HtmlInputElement, HtmlTextAreaElement, ResizeObserver,
    ScrollIntoViewOptions, ScrollLogicalPosition,
};
use yew::prelude::*;

/// The time now.
pub(crate) fn now() -> Time {
    // A clock beyond chrono's years is no clock; the epoch at least draws.
    DateTime::from_timestamp_millis(js_sys::Date::now() as i64).unwrap_or_default()
}

/// The zone of this device where it is one of the three, else WIB.
pub(crate) fn zone() -> Zone {
    let minutes = js_sys::Date::new_0().get_timezone_offset();
    let hours = (-minutes / 60.0) as i32;
    Zone::ALL.iter().copied().find(|zone| zone.hours() == hours).unwrap_or(Zone::Wib)
}

/// The document.
pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// An element by its id.
pub(crate) fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// An element by its id, if it takes room on screen.
pub(crate) fn visible(id: &str) -> Option<Element> {
    by_id(id).filter(|element| element.get_bounding_client_rect().width() > 0.0)
}

/// Give the keyboard to an element.
pub(crate) fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        drop(element.focus());
    }
}

/// Give the keyboard to an element where it stands: nothing is scrolled for it.
pub(crate) fn focus_still(element: &HtmlElement) {
    let how = web_sys::FocusOptions::new();
    how.set_prevent_scroll(true);
    drop(element.focus_with_options(&how));
}

/// Mark all that is in a field, to be typed over.
pub(crate) fn select(id: &str) {
    if let Some(field) = by_id(id).and_then(|element| element.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}

/// Tell a field's listeners that its text is another one.
pub(crate) fn tell_input(field: &HtmlTextAreaElement) {
    let how = web_sys::InputEventInit::new();
    how.set_bubbles(true);
    if let Ok(event) = InputEvent::new_with_event_init_dict("input", &how) {
        drop(field.dispatch_event(&event));
    }
}

/// Put a text where it can be pasted from; whether that was allowed. It is only to whoever has just clicked, so that nothing may be waited for in between.
pub(crate) fn copy(text: &str) -> bool {
    let before = focused();
    let copied = copy_of(text).unwrap_or_default();
    if let Some(before) = before {
        focus_still(&before);
    }
    copied
}

fn copy_of(text: &str) -> Option<bool> {
    let document = document()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    // Seen by nobody, and nothing moves for it.
    area.set_attribute("style", "position:fixed;top:0;opacity:0").ok()?;
    document.body()?.append_child(&area).ok()?;
    area.select();
    let copied = document.dyn_into::<HtmlDocument>().ok().and_then(|document| document.exec_command("copy").ok());
    area.remove();
    copied
}

/// Bring an element into view, moving no more than needed.
pub(crate) fn reveal(element: &Element) {
    let how = ScrollIntoViewOptions::new();
    how.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&how);
}

/// Bring an element to the middle of what shows it.
pub(crate) fn centre(element: &Element) {
    let how = ScrollIntoViewOptions::new();
    how.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&how);
}

/// Milliseconds since the page was made, by a clock that nobody sets.
pub(crate) fn steady() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The button a click was meant for; the page hears all clicks at its root, so the event itself knows only what lay under the pointer.
pub(crate) fn button(event: &MouseEvent) -> Option<Element> {
    let under: Element = event.target()?.dyn_into().ok()?;
    under.closest("button").ok().flatten()
}

/// Whether a person moved the pointer: what comes to lie under a pointer that rests is not pointed at.
pub(crate) fn is_moved(event: &MouseEvent) -> bool {
    event.movement_x() != 0 || event.movement_y() != 0
}

/// Who has the keyboard.
pub(crate) fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Whether the keyboard is in a field, where letters are letters.
pub(crate) fn is_typing() -> bool {
    focused().is_some_and(|element| {
        let name = element.tag_name();
        ["INPUT", "TEXTAREA", "SELECT"].contains(&name.as_str())
    })
}

/// Whether the window is on screen at all: not minimised, not in the tray.
pub(crate) fn is_shown() -> bool {
    document().is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Whether something lies over the page that keeps the keyboard to itself.
pub(crate) fn is_covered() -> bool {
    document().is_some_and(|document| document.query_selector("[aria-modal=true]").ok().flatten().is_some())
}

/// Turn the keyboard round within an element whose last or first control has it; whether that was so.
pub(crate) fn turn_within(element: &HtmlElement, back: bool) -> bool {
    let controls =
        "button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), a[href]";
    let Ok(all) = element.query_selector_all(controls) else { return false };
    let at = |n: u32| all.get(n).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let (Some(first), Some(last)) = (at(0), at(all.length().saturating_sub(1))) else { return false };
    let (here, to) = if back { (first, last) } else { (last, first) };
    let is_here = focused() == Some(here);
    if is_here {
        drop(to.focus());
    }
    is_here
}

/// Whether a person can be looking: the window is visible and has the keyboard.
pub(crate) fn is_looked_at() -> bool {
    document().is_some_and(|document| {
        document.visibility_state() == web_sys::VisibilityState::Visible && document.has_focus().unwrap_or(false)
    })
}

/// Hear an event of the window for as long as the component lives; the closure is always the latest one.
#[hook]
pub(crate) fn use_window_event<F>(name: &'static str, hear: F)
where
    F: Fn(Event) + 'static,
{
    use_window_event_at(name, false, hear);
}

/// The same, and `first` before any field that keeps the event to itself.
#[hook]
pub(crate) fn use_window_event_at<F>(name: &'static str, first: bool, hear: F)
where
    F: Fn(Event) + 'static,
{
    let latest = use_mut_ref(|| None::<std::rc::Rc<dyn Fn(Event)>>);
    *latest.borrow_mut() = Some(std::rc::Rc::new(hear));
    use_effect_with(name, move |name| {
        let closure = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            let hear = latest.borrow().clone();
            if let Some(hear) = hear {
                hear(event);
            }
        });
        let name = *name;
        let window = web_sys::window();
        if let Some(window) = &window {
            drop(window.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), first));
        }
        move || {
            if let Some(window) = window {
                drop(window.remove_event_listener_with_callback_and_bool(
                    name,
                    closure.as_ref().unchecked_ref(),
                    first,
                ));
            }
        }
    });
}

/// Hear when an element gets another size, whatever makes it so: the window, a banner over it, a field under it.
#[hook]
pub(crate) fn use_resize<F>(element: &NodeRef, hear: F)
where
    F: Fn() + 'static,
{
    use_effect_with(element.clone(), move |element| {
        let closure = Closure::<dyn FnMut()>::new(hear);
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(element)) = (&observer, element.cast::<Element>()) {
            observer.observe(&element);
        }
        move || {
            if let Some(observer) = observer {
                observer.disconnect();
            }
            drop(closure);
        }
    });
}
