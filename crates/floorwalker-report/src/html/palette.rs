//! The colours of the page, in light and in dark, each with its use.
//!
//! Met and missed are a bluish green and a vermilion, which differ in lightness too, so
//! that people who do not tell red from green can tell them apart.

/// A colour: the name of its variable, its value in light and in dark.
pub(super) struct Colour {
    pub(super) name: &'static str,
    pub(super) light: &'static str,
    pub(super) dark: &'static str,
}

const fn colour(name: &'static str, light: &'static str, dark: &'static str) -> Colour {
    Colour { name, light, dark }
}

/// All colours of the page.
pub(super) const COLOURS: &[Colour] = &[
    colour("page", "#ffffff", "#15181d"),
    colour("panel", "#f4f6f8", "#1d2128"),
    colour("ink", "#1a1f26", "#e8ebf0"),
    colour("quiet", "#55606d", "#a7b1be"),
    colour("edge", "#d3d9e0", "#3a424e"),
    colour("link", "#1b5a9e", "#8abdf2"),
    colour("met-ink", "#0a6650", "#6ad3b1"),
    colour("near-ink", "#7a5200", "#efc264"),
    colour("missed-ink", "#a92716", "#ff9e8c"),
    colour("met", "#c9ebdf", "#1b4a3d"),
    colour("near", "#ffe7a8", "#574312"),
    colour("missed", "#fbc9bd", "#6d2c22"),
    colour("far", "#f09c89", "#94352a"),
    colour("few", "#e6e9ed", "#2b323b"),
    colour("in-time", "#2f6ca8", "#5b9bd8"),
    colour("late", "#b3cfe9", "#284460"),
    colour("lost", "#b8402a", "#ff8f78"),
    colour("other", "#9aa5b1", "#66717e"),
    colour("target", "#1a1f26", "#e8ebf0"),
];

/// The variables of one scheme as declarations of a style sheet.
pub(super) fn variables(is_dark: bool) -> String {
    let declarations = COLOURS.iter().map(|colour| {
        let value = if is_dark { colour.dark } else { colour.light };
        format!("--{}:{value};", colour.name)
    });
    declarations.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour (WCAG 2.2).
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn colours(name: &str) -> [&'static str; 2] {
        let found = COLOURS.iter().find(|colour| colour.name == name).unwrap();
        [found.light, found.dark]
    }

    fn assert_contrast(pairs: &[(&str, &str)], least: f64) {
        for (front, back) in pairs {
            for (front_value, back_value) in colours(front).into_iter().zip(colours(back)) {
                let found = contrast(front_value, back_value);
                assert!(found >= least, "{front} on {back}: {found:.2} < {least}");
            }
        }
    }

    /// AA asks for 4.5 for text.
    #[test]
    fn text_can_be_read() {
        let inks = ["ink", "quiet", "link", "met-ink", "near-ink", "missed-ink"];
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for ink in inks {
            pairs.extend([(ink, "page"), (ink, "panel")]);
        }
        for shade in ["met", "near", "missed", "far", "few"] {
            pairs.push(("ink", shade));
        }
        assert_contrast(&pairs, 4.5);
    }

    /// AA asks for 3 for what carries information.
    #[test]
    fn shapes_can_be_seen() {
        let shapes = [
            "in-time",
            "lost",
            "target",
            "met-ink",
            "near-ink",
            "missed-ink",
        ];
        let pairs: Vec<(&str, &str)> = shapes.iter().map(|shape| (*shape, "page")).collect();
        assert_contrast(&pairs, 3.0);
        assert_contrast(&[("in-time", "late")], 3.0);
    }

    #[test]
    fn the_black_and_white_example_of_wcag() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    }
}
