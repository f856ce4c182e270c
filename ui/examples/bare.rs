//! An empty page: what `cargo xtask bench desk` holds a start of the desk against.

use yew::prelude::*;

#[component]
fn Bare() -> Html {
    use_effect_with((), |()| gemilang_ui::painted::rows());
    html! { <p>{ "Gemilang" }</p> }
}

fn main() {
    yew::Renderer::<Bare>::new().render();
}
