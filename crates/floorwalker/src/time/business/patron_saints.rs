//! The local holidays of Italian towns.

use chrono::Weekday;

use super::holidays::{HolidayDay, HolidayRule};
use crate::error::{ErrorKind, Result, nearest};

/// Town, code of its province, name of the day, and the day.
type Row = (&'static str, &'static str, &'static str, HolidayDay);

const fn date(month: u32, day: u32) -> HolidayDay {
    HolidayDay::Date { month, day }
}

const fn nth(month: u32, weekday: Weekday, nth: i32) -> HolidayDay {
    HolidayDay::Weekday {
        month,
        weekday,
        nth,
    }
}

#[rustfmt::skip]
const TOWNS: &[Row] = &[
    ("Agrigento", "AG", "San Gerlando", date(2, 25)),
    ("Alessandria", "AL", "San Baudolino", date(11, 10)),
    ("Ancona", "AN", "San Ciriaco", date(5, 4)),
    ("Andria", "BT", "San Riccardo di Andria", nth(9, Weekday::Sun, 3)),
    ("Aosta", "AO", "San Grato", date(9, 7)),
    ("Arezzo", "AR", "San Donato", date(8, 7)),
    ("Ascoli Piceno", "AP", "Sant'Emidio", date(8, 5)),
    ("Asti", "AT", "San Secondo", nth(5, Weekday::Tue, 1)),
    ("Avellino", "AV", "San Modestino", date(2, 14)),
    ("Bari", "BA", "San Nicola", date(12, 6)),
    ("Barletta", "BT", "San Ruggero", date(12, 30)),
    ("Belluno", "BL", "San Martino", date(11, 11)),
    ("Benevento", "BN", "San Bartolomeo", date(8, 24)),
    ("Bergamo", "BG", "Sant'Alessandro", date(8, 26)),
    ("Biella", "BI", "Santo Stefano", date(12, 26)),
    ("Bologna", "BO", "San Petronio", date(10, 4)),
    ("Bolzano", "BZ", "Lunedì di Pentecoste", HolidayDay::Easter { days: 50 }),
    ("Brescia", "BS", "Santi Faustino e Giovita", date(2, 15)),
    ("Brindisi", "BR", "San Teodoro d'Amasea e San Lorenzo da Brindisi", nth(9, Weekday::Sun, 1)),
    ("Cagliari", "CA", "San Saturnino", date(10, 30)),
    ("Caltanissetta", "CL", "San Michele Arcangelo", date(9, 29)),
    ("Campobasso", "CB", "San Giorgio", date(4, 23)),
    ("Carbonia", "SU", "San Ponziano", HolidayDay::WeekdayFrom { month: 5, day: 12, weekday: Weekday::Thu }),
    ("Caserta", "CE", "San Sebastiano", date(1, 20)),
    ("Catania", "CT", "Sant'Agata", date(2, 5)),
    ("Catanzaro", "CZ", "San Vitaliano", date(7, 16)),
    ("Cesena", "FC", "San Giovanni Battista", date(6, 24)),
    ("Chieti", "CH", "San Giustino", date(5, 11)),
    ("Como", "CO", "Sant'Abbondio", date(8, 31)),
    ("Cosenza", "CS", "Madonna del Pilerio", date(2, 12)),
    ("Cremona", "CR", "Sant'Omobono", date(11, 13)),
    ("Crotone", "KR", "San Dionigi", date(10, 9)),
    ("Cuneo", "CN", "San Michele Arcangelo", date(9, 29)),
    ("Enna", "EN", "Maria Santissima della Visitazione", date(7, 2)),
    ("Fermo", "FM", "Maria Santissima Assunta", date(8, 16)),
    ("Ferrara", "FE", "San Giorgio", date(4, 23)),
    ("Firenze", "FI", "San Giovanni Battista", date(6, 24)),
    ("Foggia", "FG", "Madonna dei Sette Veli", date(3, 22)),
    ("Forlì", "FC", "Madonna del Fuoco", date(2, 4)),
    ("Frosinone", "FR", "San Silverio", date(6, 20)),
    ("Genova", "GE", "San Giovanni Battista", date(6, 24)),
    ("Gorizia", "GO", "Santi Ilario e Taziano", date(3, 16)),
    ("Grosseto", "GR", "San Lorenzo", date(8, 10)),
    ("Imperia", "IM", "San Leonardo da Porto Maurizio", date(11, 26)),
    ("Isernia", "IS", "San Pietro Celestino", date(5, 19)),
    ("L'Aquila", "AQ", "San Massimo d'Aveia", date(6, 10)),
    ("La Spezia", "SP", "San Giuseppe", date(3, 19)),
    ("Latina", "LT", "Santa Maria Goretti", date(7, 6)),
    ("Lecce", "LE", "Sant'Oronzo", date(8, 26)),
    ("Lecco", "LC", "San Nicolò", date(12, 6)),
    ("Livorno", "LI", "Santa Giulia", date(5, 22)),
    ("Lodi", "LO", "San Bassiano", date(1, 19)),
    ("Lucca", "LU", "San Paolino", date(7, 12)),
    ("Macerata", "MC", "San Giuliano", date(8, 31)),
    ("Mantova", "MN", "Sant'Anselmo", date(3, 18)),
    ("Massa", "MS", "San Francesco d'Assisi", date(10, 4)),
    ("Matera", "MT", "Madonna della Bruna", date(7, 2)),
    ("Messina", "ME", "Madonna della Lettera", date(6, 3)),
    ("Milano", "MI", "Sant'Ambrogio", date(12, 7)),
    ("Modena", "MO", "San Geminiano", date(1, 31)),
    ("Monza", "MB", "San Giovanni Battista", date(6, 24)),
    ("Napoli", "NA", "San Gennaro", date(9, 19)),
    ("Novara", "NO", "San Gaudenzio", date(1, 22)),
    ("Nuoro", "NU", "Madonna della Neve", date(8, 5)),
    ("Oristano", "OR", "Sant'Archelao", date(2, 13)),
    ("Padova", "PD", "Sant'Antonio di Padova", date(6, 13)),
    ("Palermo", "PA", "Santa Rosalia", date(7, 15)),
    ("Parma", "PR", "Sant'Ilario", date(1, 13)),
    ("Pavia", "PV", "San Siro", date(12, 9)),
    ("Perugia", "PG", "San Costanzo", date(1, 29)),
    ("Pesaro", "PU", "San Terenzio", date(9, 24)),
    ("Pescara", "PE", "San Cetteo", date(10, 10)),
    ("Piacenza", "PC", "Sant'Antonino", date(7, 4)),
    ("Pisa", "PI", "San Ranieri", date(6, 17)),
    ("Pistoia", "PT", "San Jacopo", date(7, 25)),
    ("Pordenone", "PN", "Madonna delle Grazie", date(9, 8)),
    ("Potenza", "PZ", "San Gerardo", date(5, 30)),
    ("Prato", "PO", "Santo Stefano", date(12, 26)),
    ("Ragusa", "RG", "San Giovanni Battista", date(8, 29)),
    ("Ravenna", "RA", "Sant'Apollinare", date(7, 23)),
    ("Reggio Calabria", "RC", "San Giorgio", date(4, 23)),
    ("Reggio Emilia", "RE", "San Prospero", date(11, 24)),
    ("Rieti", "RI", "Santa Barbara", date(12, 4)),
    ("Rimini", "RN", "San Gaudenzo", date(10, 14)),
    ("Roma", "RM", "Santi Pietro e Paolo", date(6, 29)),
    ("Rovigo", "RO", "San Bellino", date(11, 26)),
    ("Salerno", "SA", "San Matteo", date(9, 21)),
    ("Sassari", "SS", "San Nicola", date(12, 6)),
    ("Savona", "SV", "Nostra Signora della Misericordia", date(3, 18)),
    ("Siena", "SI", "Sant'Ansano", date(12, 1)),
    ("Siracusa", "SR", "Santa Lucia", date(12, 13)),
    ("Sondrio", "SO", "Santi Gervasio e Protasio", date(6, 19)),
    ("Taranto", "TA", "San Cataldo", date(5, 10)),
    ("Teramo", "TE", "San Berardo", date(12, 19)),
    ("Terni", "TR", "San Valentino", date(2, 14)),
    ("Torino", "TO", "San Giovanni Battista", date(6, 24)),
    ("Trani", "BT", "San Nicola Pellegrino", date(5, 3)),
    ("Trapani", "TP", "Sant'Alberto", date(8, 7)),
    ("Trento", "TN", "San Vigilio", date(6, 26)),
    ("Treviso", "TV", "San Liberale", date(4, 27)),
    ("Trieste", "TS", "San Giusto", date(11, 3)),
    ("Udine", "UD", "Santi Ermacora e Fortunato", date(7, 12)),
    ("Urbino", "PU", "San Crescentino", date(6, 1)),
    ("Varese", "VA", "San Vittore", date(5, 8)),
    ("Venezia", "VE", "Madonna della Salute", date(11, 21)),
    ("Verbania", "VB", "San Vittore", date(5, 8)),
    ("Vercelli", "VC", "Sant'Eusebio", date(8, 1)),
    ("Verona", "VR", "San Zeno", date(5, 21)),
    ("Vibo Valentia", "VV", "San Leoluca", date(3, 1)),
    ("Vicenza", "VI", "Madonna di Monte Berico", date(9, 8)),
    ("Viterbo", "VT", "Santa Rosa", date(9, 4)),
];

/// The local holiday of a town, mostly the day of its patron saint (santo patrono).
///
/// Towns are the capitals of the provinces, in their Italian names; letter case does
/// not matter. Where the saint's day is a national holiday anyway and the town keeps
/// another (Venice: Madonna della Salute), that one is given. The days come from
/// published lists and are uncertain for the purpose of an employment contract, which
/// may name another.
///
/// # Errors
/// `name.unknown` with the nearest names.
///
/// ```
/// use floorwalker::time::business::italy;
///
/// let milan = italy::patron("milano")?;
/// assert_eq!(milan.name(), "Sant'Ambrogio");
/// assert_eq!(milan.in_year(2026).unwrap().to_string(), "2026-12-07");
/// # Ok::<(), floorwalker::Error>(())
/// ```
pub fn patron(town: &str) -> Result<HolidayRule> {
    let wanted = town.to_lowercase();
    let found = TOWNS.iter().find(|row| row.0.to_lowercase() == wanted);
    let Some((_, _, name, day)) = found else {
        let given = town.chars().take(40).collect();
        let nearest = nearest(town, TOWNS.iter().map(|row| row.0));
        let what = "town with a local holiday";
        return Err(ErrorKind::Unknown {
            what,
            given,
            nearest,
        }
        .into());
    };
    HolidayRule::new(name, *day)
}

/// The towns that [`patron`] knows, in alphabetical order, each with the code of its
/// province.
pub fn patron_towns() -> impl Iterator<Item = (&'static str, &'static str)> {
    TOWNS.iter().map(|row| (row.0, row.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_town_has_a_day() {
        assert!(TOWNS.is_sorted_by(|a, b| a.0 < b.0));
        for (town, province) in patron_towns() {
            assert_eq!(province.len(), 2, "{town}");
            let rule = patron(town).unwrap();
            assert!(
                (2000..2030).all(|year| rule.in_year(year).is_some()),
                "{town}"
            );
        }
    }

    #[test]
    fn an_unknown_town_names_its_neighbours() {
        let error = patron("Padov").unwrap_err();
        assert_eq!(error.code(), "name.unknown");
        assert!(error.to_string().contains("Padova"), "{error}");
    }
}
