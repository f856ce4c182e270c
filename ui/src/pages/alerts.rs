//! Alerts: duty, what its person wants to be told of, when it is held back, and the ledger of what became of every alert.

use chrono::TimeDelta;
use gemilang_protocol::Duty;
use gemilang_protocol::alert::{Level, Rule, Sound};
use yew::prelude::*;

use crate::acts::{self, use_store};
use crate::components::duty_switch::DutySwitch;
use crate::components::icon::{icon12, icon14};
use crate::components::ledger::LedgerList;
use crate::components::menu::{Anchor, Menu, Opt};
use crate::components::quiet_hours::QuietBlock;
use crate::components::ringer::Ringer;
use crate::components::self_test::SelfTest;
use crate::words::{Words, use_words};

/// The page.
#[component]
pub(crate) fn Alerts() -> Html {
    let store = use_store();
    let words = use_words();
    let menu = use_state(|| None::<(Anchor, Pick, Rule)>);
    let told = &store.alerts.told;
    let paused = told.duty.paused_until(store.now);
    let on_duty = told.duty.is_on(store.now);
    let pause = {
        let (send, now) = (store.dispatcher(), store.now);
        Callback::from(move |_: MouseEvent| {
            let duty = if paused.is_some() { Duty::On } else { Duty::Away { until: now + TimeDelta::hours(1) } };
            acts::set_duty(send.clone(), duty);
        })
    };
    let nobody = (!on_duty && told.others_on_duty == 0).then(|| words.get("desk-duty-nobody"));
    let rules = told.rules.iter().map(|rule| {
        let name = words.get(&format!("desk-reason-{}", rule.reason));
        let toggle = {
            let (send, rule) = (store.dispatcher(), *rule);
            Callback::from(move |_: Event| acts::set_rule(send.clone(), Rule { on: !rule.on, ..rule }))
        };
        let pick = |pick: Pick| {
            let (menu, rule) = (menu.clone(), *rule);
            Callback::from(move |event: MouseEvent| {
                menu.set(crate::browser::button(&event).map(|button| (Anchor::of(&button), pick, rule)));
            })
        };
        let sound = words.get(&format!("desk-sound-{}", rule.sound));
        let sounds = words.with("desk-sound-of", &[("reason", name.as_str().into()), ("sound", sound.as_str().into())]);
        let level = words.get(&format!("desk-level-{}", rule.level));
        let label = words.with("desk-level-of", &[("reason", name.as_str().into()), ("level", level.as_str().into())]);
        html! {
            <div class="line rule" key={rule.reason.as_str()}>
                <span class="reason">{ &name }</span>
                <button type="button" class="pick" aria-haspopup="menu" aria-label={sounds} onclick={pick(Pick::Sound)}>{ sound }{ icon12("cd") }</button>
                <button type="button" class="pick" aria-haspopup="menu" aria-label={label} onclick={pick(Pick::Level)}>{ level }{ icon12("cd") }</button>
                <input type="checkbox" class="switch" role="switch" name={format!("rule-{}", rule.reason)} aria-label={name} checked={rule.on} onchange={toggle} />
            </div>
        }
    });
    html! {
        <main class="pane"><Ringer /><div class="scroll"><div class="page">
            <header class="page-head">
                <div class="grow"><h1>{ words.get("desk-alerts") }</h1><span class="soft">{ words.get("desk-alerts-text") }</span></div>
                <button type="button" id="act-pause" class="btn btn-outline-secondary" onclick={pause}>{ icon14("pause") }{ words.get(if paused.is_some() { "desk-pause-end" } else { "desk-pause-hour" }) }</button>
                <DutySwitch />
            </header>
            if let Some(nobody) = nobody { <p class="soft">{ nobody }</p> }
            <div class="alerts-cols"><div>
                <section class="block">
                    <h2 class="block-title">{ words.get("desk-alerts-when") }</h2>
                    <div class="lines-table">
                        <div class="line rule hd"><span>{ words.get("desk-alerts-reason") }</span><span class="of-pick">{ words.get("desk-alerts-sound") }</span><span class="of-pick">{ words.get("desk-alerts-level") }</span><span></span></div>
                        { for rules }
                    </div>
                </section>
                <QuietBlock />
                <section class="block"><h2 class="block-title">{ words.get("desk-alerts-held") }</h2><p class="soft">{ words.get("desk-alerts-held-text") }</p></section>
            </div><div><SelfTest /><LedgerList /></div></div>
            if let Some((anchor, pick, rule)) = *menu {
                <Menu {anchor} label={words.get(pick.label())} options={pick.options(words, rule)} on_choose={{
                    let (menu, send) = (menu.clone(), store.dispatcher());
                    move |at: usize| {
                        menu.set(None);
                        acts::set_rule(send.clone(), pick.chosen(at, rule));
                    }
                }} on_close={let menu = menu.clone(); move |()| menu.set(None)} width={216} />
            }
        </div></div></main>
    }
}

/// What is picked of a reason.
#[derive(Clone, Copy)]
enum Pick {
    Sound,
    Level,
}

impl Pick {
    const fn label(self) -> &'static str {
        match self {
            Self::Sound => "desk-alerts-sound",
            Self::Level => "desk-alerts-level",
        }
    }

    fn options(self, words: Words, rule: Rule) -> Vec<Opt> {
        match self {
            Self::Sound => sounds(words, rule),
            Self::Level => levels(words, rule),
        }
    }

    fn chosen(self, at: usize, rule: Rule) -> Rule {
        match self {
            Self::Sound => Rule { sound: Sound::ALL[at], ..rule },
            Self::Level => Rule { level: Level::ALL[at], ..rule },
        }
    }
}

fn sounds(words: Words, rule: Rule) -> Vec<Opt> {
    let of = |sound: &Sound| Opt {
        text: words.get(&format!("desk-sound-{sound}")),
        is_on: rule.sound == *sound,
        ..Opt::default()
    };
    Sound::ALL.iter().map(of).collect()
}

fn levels(words: Words, rule: Rule) -> Vec<Opt> {
    let of = |level: &Level| Opt {
        text: words.get(&format!("desk-level-{level}")),
        meta: Some(words.get(&format!("desk-level-{level}-text"))),
        is_on: rule.level == *level,
        ..Opt::default()
    };
    Level::ALL.iter().map(of).collect()
}
