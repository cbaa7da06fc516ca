//! The tokens of the stylesheet: every pair that must be told apart is computed, for light and dark,
//! for normal sight and for the three kinds of colour blindness.

use std::collections::BTreeMap;

type Rgb = [f64; 3];

/// Light and dark of every colour token.
fn tokens() -> BTreeMap<String, [Rgb; 2]> {
    let css =
        super::super::assets::files().into_iter().find(|(name, _)| *name == "site.css").unwrap().1;
    let css = String::from_utf8(css).unwrap();
    let mut tokens = BTreeMap::new();
    for declared in css.split([';', '{']) {
        let Some((name, value)) = declared.trim().split_once(":light-dark(") else { continue };
        let (light, dark) = value.trim_end_matches(')').split_once(',').unwrap();
        tokens.insert(name.trim_start_matches("--").to_owned(), [hex(light), hex(dark)]);
    }
    tokens
}

fn hex(text: &str) -> Rgb {
    let byte = |at: usize| f64::from(u8::from_str_radix(&text[at..at + 2], 16).unwrap()) / 255.0;
    [byte(1), byte(3), byte(5)]
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

fn gamma(channel: f64) -> f64 {
    let channel = channel.clamp(0.0, 1.0);
    if channel <= 0.0031308 { channel * 12.92 } else { 1.055 * channel.powf(1.0 / 2.4) - 0.055 }
}

fn luminance(colour: Rgb) -> f64 {
    let [r, g, b] = colour.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// WCAG 2's contrast.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

fn seen(colour: Rgb, sight: &[[f64; 3]; 3]) -> Rgb {
    let from = colour.map(linear);
    sight.map(|row| gamma(row.iter().zip(from).map(|(weight, channel)| weight * channel).sum()))
}

fn lab(colour: Rgb) -> [f64; 3] {
    let [r, g, b] = colour.map(linear);
    let x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
    let y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
    let z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883;
    let f =
        |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let (x, y, z) = (f(x), f(y), f(z));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000 as in Sharma, Wu and Dalal 2005.
fn distance(a: Rgb, b: Rgb) -> f64 {
    let ([l1, a1, b1], [l2, a2, b2]) = (lab(a), lab(b));
    let mean_c = (a1.hypot(b1) + a2.hypot(b2)) / 2.0;
    let g = 0.5 * (1.0 - (mean_c.powi(7) / (mean_c.powi(7) + 25_f64.powi(7))).sqrt());
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let mut dh = h2 - h1;
    if dh > 180.0 {
        dh -= 360.0;
    } else if dh < -180.0 {
        dh += 360.0;
    }
    let (dl, dc) = (l2 - l1, c2 - c1);
    let big_dh = 2.0 * (c1 * c2).sqrt() * (dh / 2.0).to_radians().sin();
    let (ml, mc) = ((l1 + l2) / 2.0, (c1 + c2) / 2.0);
    let mut mh = (h1 + h2) / 2.0;
    if (h1 - h2).abs() > 180.0 {
        mh += if mh < 180.0 { 180.0 } else { -180.0 };
    }
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(mh - 30.0) + 0.24 * cos(2.0 * mh) + 0.32 * cos(3.0 * mh + 6.0)
        - 0.20 * cos(4.0 * mh - 63.0);
    let sl = 1.0 + 0.015 * (ml - 50.0).powi(2) / (20.0 + (ml - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * mc, 1.0 + 0.015 * mc * t);
    let rc = 2.0 * (mc.powi(7) / (mc.powi(7) + 25_f64.powi(7))).sqrt();
    let rt = -rc * (60.0 * (-((mh - 275.0) / 25.0).powi(2)).exp()).to_radians().sin();
    let (l, c, h) = (dl / sl, dc / sc, big_dh / sh);
    (l * l + c * c + h * h + rt * c * h).sqrt()
}

#[test]
fn text_and_marks_have_their_contrast_in_light_and_dark() {
    let tokens = tokens();
    for (mode, name) in ["light", "dark"].into_iter().enumerate() {
        let of = |token: &str| tokens[token][mode];
        let holds = |front: &str, back: &str, least: f64| {
            let is = contrast(of(front), of(back));
            assert!(is >= least, "{name}: {front} on {back} is {is:.2}, not {least}");
        };
        for ground in ["page", "surface", "sunken"] {
            for text in ["ink", "muted", "link"] {
                holds(text, ground, 4.5);
            }
            holds("focus", ground, 3.0);
        }
        holds("edge", "surface", 3.0);
        holds("edge", "page", 3.0);
        for hue in ["pass", "fail", "stale", "none", "waive", "open", "na"] {
            let tint = format!("{hue}-tint");
            for ground in ["surface", "page", tint.as_str()] {
                holds(&format!("{hue}-text"), ground, 4.5);
                holds(hue, ground, 3.0);
            }
            for text in ["ink", "muted", "link"] {
                holds(text, &tint, 4.5);
            }
        }
        for hue in ["pass", "fail", "stale", "none", "waive"] {
            holds(if hue == "stale" { "on-stale" } else { "on" }, hue, 3.0);
        }
    }
}

#[test]
fn neighbouring_hues_are_told_apart_by_every_eye() {
    let tokens = tokens();
    let hues = ["pass", "fail", "stale", "none", "waive"];
    for (mode, name) in ["light", "dark"].into_iter().enumerate() {
        for (position, first) in hues.iter().enumerate() {
            for second in &hues[position + 1..] {
                for (sight, matrix) in &SIGHTS {
                    let of = |hue: &str| seen(tokens[hue][mode], matrix);
                    let apart = distance(of(first), of(second));
                    assert!(
                        apart >= 16.5,
                        "{name}: {first} and {second} are {apart:.1} apart for {sight}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_distance_is_that_of_the_published_pairs() {
    let pass_fail = distance(hex("#008580"), hex("#a81e0c"));
    assert!((pass_fail - 55.0).abs() < 1.0, "{pass_fail}");
    assert!(distance(hex("#123456"), hex("#123456")) < 1e-9);
    assert!((contrast(hex("#000000"), hex("#ffffff")) - 21.0).abs() < 1e-9);
}
