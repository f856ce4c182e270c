//! The bridge to the core: commands out, events in. The only file that knows Tauri; everything else knows protocol.

use std::cell::Cell;

use gemilang_protocol::desk::commands::{Command, CommandCode, CommandError};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, JSON, Object, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// Questions that have no answer yet.
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// How often it is looked whether all was answered, in milliseconds, and how many times at most.
const LOOK_MS: u32 = 20;
const LOOKS: u32 = 60;

/// Wait until the core has answered everything, or never will.
pub(crate) async fn settled() {
    for _ in 0..LOOKS {
        // What was asked for just now is counted only after a turn.
        TimeoutFuture::new(LOOK_MS).await;
        if ASKED.get() == 0 {
            return;
        }
    }
}

/// Ask the core. Local data: the answer takes a few milliseconds, so nothing on screen waits for it with a spinner.
pub(crate) async fn call<C: Command>(command: C) -> Result<C::Answer, CommandError> {
    ASKED.set(ASKED.get() + 1);
    let answer = invoke::<C>(&command).await;
    ASKED.set(ASKED.get() - 1);
    answer.map_err(|thrown| refusal(&thrown))
}

async fn invoke<C: Command>(command: &C) -> Result<C::Answer, JsValue> {
    let args = Object::new();
    Reflect::set(&args, &"args".into(), &to_js(command)?)?;
    let (core, invoke) = door("core", "invoke")?;
    let answer = invoke.call2(&core, &C::NAME.into(), &args)?;
    let answer = JsFuture::from(answer.dyn_into::<Promise>()?).await?;
    from_js(&answer)
}

/// Hear an event of the core, for as long as the window lives.
pub(crate) fn listen<T: DeserializeOwned>(name: &str, hear: impl Fn(T) + 'static) {
    let Ok((event, listen)) = door("event", "listen") else {
        return;
    };
    let hear = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let payload = Reflect::get(&event, &"payload".into());
        if let Ok(payload) = payload.and_then(|payload| from_js(&payload)) {
            hear(payload);
        }
    });
    // Nobody waits for the registration: the core re-tells its state when asked.
    drop(listen.call2(&event, &name.into(), hear.as_ref()));
    hear.forget();
}

fn door(part: &str, function: &str) -> Result<(JsValue, Function), JsValue> {
    let tauri = Reflect::get(&js_sys::global(), &"__TAURI__".into())?;
    let part = Reflect::get(&tauri, &part.into())?;
    let function = Reflect::get(&part, &function.into())?.dyn_into()?;
    Ok((part, function))
}

// By way of JSON: the shapes are then exactly the core's own, and one large text crosses the border faster than many small values.
fn to_js<T: serde::Serialize>(value: &T) -> Result<JsValue, JsValue> {
    let json = serde_json::to_string(value).map_err(|error| JsValue::from(error.to_string()))?;
    JSON::parse(&json)
}

fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, JsValue> {
    let json = if value.is_undefined() { "null".to_owned() } else { String::from(JSON::stringify(value)?) };
    serde_json::from_str(&json).map_err(|error| JsValue::from(error.to_string()))
}

fn refusal(thrown: &JsValue) -> CommandError {
    from_js(thrown).unwrap_or_else(|_| CommandError {
        code: CommandCode::Unknown,
        field: None,
        rule: None,
        figure: None,
        detail: thrown.as_string().unwrap_or_default(),
    })
}
