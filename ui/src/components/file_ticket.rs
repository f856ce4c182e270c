//! A ticket for a customer who called: who it was, what it is about, and the first message, which they read as well. Or one that begins with a message of theirs that is split off.

use std::cell::RefCell;
use std::rc::Rc;

use gemilang_protocol::desk::commands::{CommandCode, FileTicket as File, FindCustomers};
use gemilang_protocol::desk::views::Caller;
use gemilang_protocol::{Category, Priority};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::acts::{self, Send, use_store};
use crate::bridge::call;
use crate::browser;
use crate::components::avatar;
use crate::components::dialog;
use crate::components::icon::{icon, icon12, icon14};
use crate::components::palette::use_keyboard;
use crate::components::side_pane::local_phone;
use crate::components::split_quote::SplitQuote;
use crate::filing::{keep_now, use_kept};
use crate::store::filing::Action as Do;
use crate::store::palette;
use crate::store::snack::Sentence;
use crate::store::{Action, filing::Filing};
use crate::words::{Words, use_words};

/// The id of the field that has the keyboard first.
const WHO: &str = "file-who";
const SUBJECT: &str = "file-subject";

/// The form.
#[component]
pub(crate) fn FileTicket() -> Html {
    let store = use_store();
    let words = use_words();
    let node = use_node_ref();
    let at = use_state(|| 0_usize);
    let filing = &store.filing;
    let splits = filing.splits.is_some();
    use_keyboard(if splits || filing.customer.is_some() { SUBJECT } else { WHO });
    let keeping = use_kept();
    {
        // What is suggested is typed over.
        let suggested = splits && !filing.touched;
        use_effect_with(filing.splits.as_ref().map(|it| it.0), move |_| {
            if suggested {
                browser::select(SUBJECT);
            }
        });
    }
    {
        // Who is meant follows what is typed.
        let send = store.dispatcher();
        use_effect_with(filing.q.clone(), move |q| {
            let q = q.clone();
            spawn_local(async move {
                if let Ok(found) = call(FindCustomers { q: q.clone() }).await {
                    send.dispatch(Action::Filing(Do::Found(q, Rc::new(found))));
                }
            });
        });
    }
    let act = {
        let send = store.dispatcher();
        move |action: Do| send.dispatch(Action::Filing(action))
    };
    let close = {
        let send = store.dispatcher();
        Callback::from(move |()| send.dispatch(Action::Palette(palette::Action::Over(None))))
    };
    let discard = {
        let (act, close, waits) = (act.clone(), close.clone(), filing.waits.is_some());
        Callback::from(move |_: MouseEvent| {
            act(Do::Clear);
            // What waited for it is here now.
            if !waits {
                close.emit(());
            }
        })
    };
    // Pressed twice before it is answered it is filed once.
    let busy = use_mut_ref(|| false);
    let submit = {
        let (store, close, keeping) = (store.clone(), close.clone(), keeping.clone());
        Callback::from(move |()| {
            if !*busy.borrow() {
                // What is filed is a draft no more: the core forgets it.
                keeping.borrow_mut().take();
                file(&store, close.clone(), busy.clone());
            }
        })
    };
    let keys = dialog::keys(&node, &close, dialog::submits(&submit));
    let fault = |field: &'static str| filing.fault(field).map(|error| words.field(field, error));
    // Its place stays while there is nothing to say: the fields beside it keep theirs.
    let said = |field: &'static str| match fault(field) {
        Some(text) => {
            html! { <p class="field-said" id={format!("file-{field}-said")} role="alert">{ icon14("warn") }<span>{ text }</span></p> }
        }
        None => Html::default(),
    };
    let class =
        |field: &'static str, base: &'static str| classes!(base, fault(field).is_some().then_some("is-invalid"));
    let on_subject = {
        let act = act.clone();
        Callback::from(move |event: InputEvent| {
            act(Do::Subject(event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let on_message = {
        let act = act.clone();
        Callback::from(move |event: InputEvent| {
            act(Do::Message(event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        })
    };
    let on_category = {
        let act = act.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            act(Do::Category(value.parse().unwrap_or(Category::General)));
        })
    };
    let on_priority = {
        let act = act.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            act(Do::Priority(value.parse().unwrap_or(Priority::Medium)));
        })
    };
    let on_order = {
        let act = act.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            act(Do::Order(Some(value).filter(|it| !it.is_empty())));
        })
    };
    let on_take = {
        let act = act.clone();
        Callback::from(move |event: Event| act(Do::Take(event.target_unchecked_into::<HtmlInputElement>().checked())))
    };
    let option = |value: &str, text: String, on: bool| html! { <option value={value.to_owned()} selected={on}>{ text }</option> };
    let orders = filing.customer.as_ref().map(|it| it.orders.clone()).unwrap_or_default();
    let on_close = close.reform(|_: MouseEvent| ());
    let on_submit = submit.reform(|_: MouseEvent| ());
    html! {
        <div onkeydown={keys} onfocusout={Callback::from(move |_: FocusEvent| keep_now(&keeping))}>
            <div class="scrim" onclick={on_close.clone()}></div>
            <div class="dialog file-dialog" role="dialog" aria-modal="true" aria-labelledby="file-title" ref={node}>
                <header><h2 class="grow" id="file-title">{ words.get(if splits { "desk-split" } else { "desk-file" }) }</h2><button type="button" class="btn btn-icon" aria-label={words.get("desk-close")} title={format!("{} (Esc)", words.get("desk-close"))} onclick={on_close}>{ icon("x") }</button></header>
                <div class="in">
                    if filing.waits.is_some() { <p class="banner" role="status">{ icon("info") }<span class="grow">{ words.get("desk-split-waits") }</span></p> }
                    <Who at={at} />
                    { said("customer") }
                    <div class="file-row">
                        <div><label for="file-category">{ words.get("desk-category") }</label>
                            <div class="select"><select id="file-category" class="form-select" onchange={on_category}>{ for Category::ALL.iter().map(|it| option(it.as_str(), words.category(*it), *it == filing.category)) }</select>{ icon12("cd") }</div></div>
                        <div><label for="file-priority">{ words.get("desk-priority") }</label>
                            <div class="select"><select id="file-priority" class="form-select" onchange={on_priority}>{ for Priority::ALL.iter().map(|it| option(it.as_str(), words.priority(*it), *it == filing.priority)) }</select>{ icon12("cd") }</div></div>
                        <div><label for="file-order">{ words.get("desk-file-order") }</label>
                            <div class="select"><select id="file-order" class="form-select" disabled={orders.is_empty()} onchange={on_order}>
                                { option("", words.get("desk-file-no-order"), filing.order.is_none()) }
                                { for orders.iter().map(|it| option(&it.number, format!("{} · {}", it.number, words.date(it.event_date)), filing.order.as_ref() == Some(&it.number))) }
                            </select>{ icon12("cd") }</div></div>
                    </div>
                    <label for={SUBJECT}>{ words.get("desk-file-subject") }</label>
                    <input id={SUBJECT} name="subject" class={class("subject", "form-control")} autocomplete="off" value={filing.subject.clone()} oninput={on_subject} aria-invalid={fault("subject").is_some().to_string()} aria-describedby="file-subject-said" />
                    { said("subject") }
                    if splits {
                        <SplitQuote />
                    } else {
                    <label for="file-message">{ words.get("desk-file-message") }</label>
                    <textarea id="file-message" name="first" class={class("message", "form-control")} rows="4" value={filing.message.clone()} oninput={on_message} placeholder={words.get("desk-file-message-placeholder")} aria-invalid={fault("message").is_some().to_string()} aria-describedby="file-message-said file-message-hint" />
                    { said("message") }
                    <p class="meta" id="file-message-hint">{ words.get("desk-file-message-hint") }</p>
                    }
                    <label class="file-take"><input type="checkbox" id="file-take" checked={filing.take} onchange={on_take} />{ words.get("desk-file-take") }</label>
                </div>
                <footer>
                    if !store.sync.is_connected() {
                        <span class="meta grow">{ words.get("desk-file-offline") }</span>
                    } else if let Some(at) = filing.saved.filter(|_| filing.touched) {
                        <span class="meta grow">{ words.with("desk-draft-saved", &[("time", words.clock(at).into())]) }</span>
                    }
                    if !filing.is_empty() { <button type="button" class="btn btn-text-danger" onclick={discard}>{ words.get("desk-discard") }</button> }
                    <button type="button" id="file-submit" class="btn btn-primary" onclick={on_submit}>{ words.get("desk-file-submit") }<span class="keys"><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span></button>
                </footer>
            </div>
        </div>
    }
}

/// Files what is in the form; what is missing is said, and the first such field has the keyboard.
fn file(store: &acts::Store, close: Callback<()>, busy: Rc<RefCell<bool>>) {
    let send = store.dispatcher();
    let form = match store.filing.form() {
        Ok(form) => form,
        Err(wrong) => {
            let field = wrong.first().map(|(field, _)| *field);
            send.dispatch(Action::Filing(Do::Wrong(wrong)));
            browser::focus(match field {
                Some("customer") => WHO,
                Some("subject") => SUBJECT,
                _ => "file-message",
            });
            return;
        }
    };
    *busy.borrow_mut() = true;
    let connected = store.sync.is_connected();
    let name = crate::names::short(&form.customer.name);
    spawn_local(async move {
        let answer = call(File { form }).await;
        *busy.borrow_mut() = false;
        match answer {
            Ok(item) => {
                let id = item.ticket_id;
                send.dispatch(Action::Filing(Do::Filed(Rc::new(item))));
                close.emit(());
                send.dispatch(Action::Show(id));
                acts::written(&send);
                // Without a line it stands where it will open, and says so itself.
                if connected {
                    acts::say(&send, Sentence::with("desk-said-filed", &[("name", &name)]), None);
                }
            }
            Err(error) => failed(&send, &error),
        }
    });
}

fn failed(send: &Send, error: &gemilang_protocol::desk::commands::CommandError) {
    let field = match (error.code, error.field.as_deref()) {
        (CommandCode::Invalid, Some("subject")) => Some("subject"),
        (CommandCode::Invalid, Some("message")) => Some("message"),
        _ => None,
    };
    match (field, error.rule.clone()) {
        (Some(field), Some(rule)) => send.dispatch(Action::Filing(Do::Wrong(vec![(field, rule)]))),
        _ => acts::overtaken(send, error),
    }
}

#[derive(Properties, PartialEq)]
struct WhoProps {
    at: UseStateHandle<usize>,
}

/// Who called: found by name, number, address or order.
#[component]
fn Who(props: &WhoProps) -> Html {
    let store = use_store();
    let words = use_words();
    let filing: &Filing = &store.filing;
    let send = store.dispatcher();
    if let (true, Some(who)) = (filing.splits.is_some(), filing.wanted.as_ref()) {
        return html! {
            <div class="file-who">
                <span class="label">{ words.get("desk-split-who") }</span>
                <div class="file-person">{ avatar::customer(&who.name, "av-sm") }<b class="cut" title={who.name.clone()}>{ &who.name }</b>if let Some(caller) = &filing.customer { <span class="meta cut" title={facts(caller, words)}>{ facts(caller, words) }</span> }</div>
            </div>
        };
    }
    if let Some(caller) = &filing.customer {
        let other = Callback::from(move |_: MouseEvent| {
            send.dispatch(Action::Filing(Do::Customer(None)));
            Timeout::new(0, || browser::focus(WHO)).forget();
        });
        return html! {
            <div class="file-who">
                <span class="label">{ words.get("desk-file-who") }</span>
                <div class="file-person">{ avatar::customer(&caller.person.name, "av-sm") }<b class="cut" title={caller.person.name.clone()}>{ &caller.person.name }</b><span class="meta cut" title={facts(caller, words)}>{ facts(caller, words) }</span><button type="button" class="btn btn-xs btn-quiet" id="file-other" onclick={other}>{ words.get("desk-file-other") }</button></div>
            </div>
        };
    }
    let found = filing.found.clone();
    let at = (*props.at).min(found.len().saturating_sub(1));
    let on = (!found.is_empty()).then_some(at);
    let choose = {
        let (send, found) = (send.clone(), found.clone());
        Callback::from(move |n: usize| {
            if let Some(caller) = found.get(n) {
                send.dispatch(Action::Filing(Do::Customer(Some(Rc::new(caller.clone())))));
                Timeout::new(0, || browser::focus(SUBJECT)).forget();
            }
        })
    };
    let on_input = {
        let (send, line) = (send, props.at.clone());
        Callback::from(move |event: InputEvent| {
            line.set(0);
            send.dispatch(Action::Filing(Do::Seek(event.target_unchecked_into::<HtmlInputElement>().value())));
        })
    };
    let keys = {
        let (line, choose, count) = (props.at.clone(), choose.clone(), found.len());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() || event.ctrl_key() || count == 0 {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" => line.set((at + 1) % count),
                "ArrowUp" => line.set((at + count - 1) % count),
                "Enter" => choose.emit(at),
                _ => return,
            }
            event.stop_propagation();
            event.prevent_default();
        })
    };
    let lines = found.iter().enumerate().map(|(n, caller)| {
        let on_click = choose.reform(move |_: MouseEvent| n);
        // The field keeps the keyboard.
        let stay = Callback::from(|event: MouseEvent| event.prevent_default());
        html! {
            <div key={caller.person.id.to_string()} class={classes!("opt", (on == Some(n)).then_some("is-on"))} id={format!("caller-{n}")} role="option" aria-selected={(on == Some(n)).to_string()} onmousedown={stay} onclick={on_click}>
                { avatar::customer(&caller.person.name, "av-sm") }<span class="cut" title={caller.person.name.clone()}>{ &caller.person.name }</span><span class="side cut" title={facts(caller, words)}>{ facts(caller, words) }</span>
            </div>
        }
    });
    let none = found.is_empty() && !filing.q.trim().is_empty();
    html! {
        <div class="file-who">
            <label for={WHO}>{ words.get("desk-file-who") }</label>
            <input id={WHO} name="who" class={classes!("form-control", filing.fault("customer").is_some().then_some("is-invalid"))} autocomplete="off" spellcheck="false" placeholder={words.get("desk-file-who-placeholder")}
                role="combobox" aria-expanded="true" aria-controls="callers" aria-activedescendant={on.map(|on| format!("caller-{on}"))} aria-invalid={filing.fault("customer").is_some().to_string()} aria-describedby="file-customer-said" value={filing.q.clone()} oninput={on_input} onkeydown={keys} />
            if none { <p class="meta" role="status">{ words.get("desk-file-who-none") }</p> }
            <div id="callers" class="callers" role="listbox" aria-label={words.get("desk-file-who")}>{ for lines }</div>
        </div>
    }
}

/// What tells one of that name from another.
fn facts(caller: &Caller, words: Words) -> String {
    let phone = caller.person.phone.as_deref().map(local_phone);
    let mut facts = vec![phone.unwrap_or_else(|| caller.person.email.clone())];
    facts.extend(caller.orders.first().map(|order| order.number.clone()));
    if caller.active > 0 {
        facts.push(words.with("desk-other-active", &[("n", caller.active.into())]));
    }
    facts.join(" · ")
}
