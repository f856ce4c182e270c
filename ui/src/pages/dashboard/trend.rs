//! The last fourteen days: what came in and what was resolved, drawn and in words.

use gemilang_locales::dates;
use gemilang_protocol::desk::views::{Dashboard, Day};
use yew::prelude::*;

use crate::acts::Store;
use crate::store::dashboard::{HEIGHT, Trend, WIDTH, trend};
use crate::words::Words;

/// All of it. While the first sync runs it would tell of days that are not here yet.
pub(super) fn block(view: &Dashboard, words: Words, store: &Store) -> Html {
    let Some(drawn) = trend(&view.days).filter(|_| view.stats.total > 0) else { return Html::default() };
    html! {
        <section class="block trend" data-block="trend">
            <h2 class="block-title">{ words.get("desk-trend") }</h2>
            if store.sync.is_first() {
                <p class="soft">{ words.get("desk-trend-later") }</p>
            } else {
                <div class="legend">
                    <span><i></i><b>{ words.number(drawn.all_filed) }</b>{ words.get("desk-trend-filed") }</span>
                    <span><i class="o"></i><b>{ words.number(drawn.all_resolved) }</b>{ words.get("desk-trend-resolved") }</span>
                </div>
                { drawing(&drawn, &view.days, words, store) }
            }
        </section>
    }
}

fn drawing(drawn: &Trend, days: &[Day], words: Words, store: &Store) -> Html {
    let today = words.zone.day(store.now);
    let named = |day: &Day| {
        if day.day == today { words.get("today") } else { dates::date_near(today, day.day, words.language) }
    };
    let said = |day: &Day| {
        let figures = [("day", named(day).into()), ("filed", day.filed.into()), ("resolved", day.resolved.into())];
        words.with("desk-trend-day", &figures)
    };
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Html::default() };
    let (from, to) = (named(first), named(last));
    let busiest = days.iter().rev().max_by_key(|day| day.filed).filter(|day| day.filed > 0).map(said);
    let whole = words.with(
        "desk-trend-said",
        &[
            ("from", from.as_str().into()),
            ("to", to.as_str().into()),
            ("filed", drawn.all_filed.into()),
            ("resolved", drawn.all_resolved.into()),
        ],
    );
    let label = match busiest {
        Some(busiest) => format!("{whole} {}", words.with("desk-trend-busiest", &[("day", busiest.into())])),
        None => whole,
    };
    let width = WIDTH as usize / days.len();
    html! {
        <>
            <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={label}>
                <path class="base" d={format!("M0 {}.5H{WIDTH}", HEIGHT - 1)} />
                <path class="in-area" d={drawn.area.clone()} />
                <path class="out" d={drawn.resolved.clone()} />
                <path class="in" d={drawn.filed.clone()} />
                <circle class="end" cx={drawn.end.0.to_string()} cy={drawn.end.1.to_string()} r="4" />
                { for days.iter().zip(&drawn.days).map(|(day, x)| html! {
                    <rect class="over" x={(x - width as f64 / 2.0).to_string()} y="0" width={width.to_string()} height={HEIGHT.to_string()}><title>{ said(day) }</title></rect>
                }) }
            </svg>
            <div class="meta ends" aria-hidden="true"><span>{ from }</span><span>{ to }</span></div>
        </>
    }
}
