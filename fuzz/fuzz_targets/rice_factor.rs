//! Any text is read as every factor, and what it counts is a step or is above zero.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::rice::written::{Unit, Written, read, read_prose};
use pmctl::rice::{Factor, Scales};

fuzz_target!(|text: &str| {
    let scales = Scales::default();
    for factor in Factor::ALL {
        for unit in [Unit::Day, Unit::Week, Unit::Month] {
            if let Written::Value(value) = read(factor, text, &scales, unit) {
                assert!(value.is_positive());
                assert!(scales.of(factor).is_none_or(|scale| scale.step(value).is_some()));
            }
        }
        let _ = read_prose(factor, text, &scales);
    }
});
