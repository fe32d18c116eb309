//! Any text is read as every factor, and what it counts is a step or is above zero.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pmctl::rice::written::{Measure, Place, Unit, Written, read_in, read_prose};
use pmctl::rice::{Factor, Scales};

fuzz_target!(|text: &str| {
    let scales = Scales::default();
    let units = [Unit::Day, Unit::Week, Unit::Month].map(Measure::Unit);
    for measure in units.into_iter().chain([Measure::Plain, Measure::Percent]) {
        let place = Place { measure: &measure, ..Place::default() };
        for factor in Factor::ALL {
            if let Written::Value(value) = read_in(factor, text, &scales, place) {
                assert!(value.is_positive());
                assert!(scales.of(factor).is_none_or(|scale| scale.step(value).is_some()));
            }
            let _ = read_prose(factor, text, &scales, &measure);
        }
    }
});
