//! Made-up Italian names.

const FIRST: [&str; 20] = [
    "Giulia",
    "Marco",
    "Chiara",
    "Luca",
    "Francesca",
    "Andrea",
    "Elisa",
    "Matteo",
    "Sara",
    "Niccolò",
    "Valentina",
    "Davide",
    "Martina",
    "Simone",
    "Alessia",
    "Paolo",
    "Ilaria",
    "Stefano",
    "Federica",
    "Roberto",
];

const LAST: [&str; 40] = [
    "Conti",
    "Ferri",
    "Galli",
    "Marino",
    "Greco",
    "Bruno",
    "Leone",
    "Costa",
    "Giordano",
    "Rizzo",
    "Lombardi",
    "Moretti",
    "Barbieri",
    "Fontana",
    "Santoro",
    "Mariani",
    "Rinaldi",
    "Caruso",
    "Ferrara",
    "Testa",
    "Martini",
    "Bianco",
    "Villa",
    "Serra",
    "Coppola",
    "De Luca",
    "Fabbri",
    "Gatti",
    "Longo",
    "Monti",
    "Neri",
    "Orlando",
    "Pellegrini",
    "Riva",
    "Sala",
    "Sartori",
    "Valentini",
    "Vitale",
    "Zanetti",
    "Donati",
];

/// The name of an agent; the first 800 differ.
pub(super) fn agent_name(number: usize) -> String {
    let first = FIRST[number % FIRST.len()];
    let last = LAST[(7 * number + number / FIRST.len()) % LAST.len()];
    format!("{first} {last}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_differ() {
        let names: BTreeSet<String> = (0..800).map(agent_name).collect();
        assert_eq!(names.len(), 800);
        assert_eq!(agent_name(0), "Giulia Conti");
    }
}
