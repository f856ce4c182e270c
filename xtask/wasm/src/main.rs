//! Turns the compiled UI into a module that a window can load. Apart from `xtask`, because the library behind it takes half a minute to build and a headless run needs none of it.

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [input, out_dir] = arguments.as_slice() else {
        eprintln!("usage: xtask-wasm <in.wasm> <out-dir>");
        return ExitCode::FAILURE;
    };
    let made = Bindgen::new()
        .input_path(input)
        .out_name("app")
        .typescript(false)
        // Function names help nobody in a release and are a third of the download.
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(out_dir));
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{input}: {error:?}");
            ExitCode::FAILURE
        }
    }
}
