"""German, French and Spanish files: what their words mean, and what is asked about."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cmprules._words import vocabulary
from cmprules.intake import Intake
from cmprules.intake._days import read_day
from cmprules.intake._folding import fold, singular
from cmprules.intake._pages import PAGES
from cmprules.intake._rows import EPOCH_1900
from cmprules.intake._words import AMOUNTS, MEANINGS, Words, words_of
from tests.edges.intake.making import codes, known_words, one_row, read, table_of_words

ENGLISH = words_of(table_of_words("words.toml"))
ALL = words_of(table_of_words("words.toml"), table_of_words("tongues.toml"))


def came_in(found: Intake) -> list[tuple[object, ...]]:
    """Return what came in."""
    assert found.record is not None
    return [(one.title, str(one.completed_on), str(one.amount), one.unit, one.areas, one.proposed_areas)
            for one in found.record.activities]


@pytest.mark.parametrize("text", [
    ("Titel;Datum;Stunden;Bereich;Ergebnis\nNadeln;5. März 2024;1,5 Stunden;Hämatologie;bestanden\n"
     "Röhrchen;2024-02-06;2;Blutbank;nicht bestanden\n"),
    ("Intitulé;Date de fin;Heures;Domaine;Résultat\nNadeln;5 mars 2024;1,5;Hématologie;réussi\n"
     "Tubes;2024-02-06;2;Banque de sang;échec\n"),
    ("Título;Fecha;Horas;Área;Estado\nNadeln;5 de marzo de 2024;1,5 horas;Hematología;aprobado\n"
     "Tubos;2024-02-06;2;Banco de sangre;reprobado\n"),
    ("TITULO;FECHA;HORAS;AREA;ESTADO\nNadeln;5 de marzo de 2024;1,5;HEMATOLOGIA;APROBADO\n"
     "Tubos;2024-02-06;2;;NO APROBADO\n"),
])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_file_in_another_language_is_read_without_a_mapping_file(tmp_path: Path, text: str, encoding: str) -> None:
    """Titles, days, hours, areas and statuses are known; in a guessed encoding, too."""
    found = read(tmp_path, text.encode(encoding))

    assert came_in(found) == [("Nadeln", "2024-03-05", "1.5", "contact_hour", ("hematology",), ())]
    assert codes(found.lines[2])[0] == "NOT_COMPLETED"


@pytest.mark.parametrize(("header", "row", "code"), [
    ("Titel;Datum;Punkte", "Nadeln;2024-02-05;1", "UNIT_OPEN"),  # of another body
    ("Titre;Date;Crédits", "Tubes;2024-02-05;1", "UNIT_OPEN"),
    ("Título;Fecha;Puntos", "Tubos;2024-02-05;1", "UNIT_OPEN"),
    ("Titel;Datum;Stunden", "Nadeln;2024-02-05;1,500", "COMMA_OPEN"),
    ("Titel;Datum;Stunden", "Nadeln;2024-02-05;2 Unterrichtseinheiten", "UNIT_UNKNOWN"),
    ("Titel;Datum;Stunden", "Nadeln;2024-02-05;1 Stunde 30 Minuten", "UNIT_UNKNOWN"),
    ("Titel;Datum;Stunden", "Nadeln;05.02.2024;1", "DATE_ORDER_OPEN"),
    ("Titel;Ausgestellt am;Stunden", "Nadeln;2024-02-05;1", "ISSUE_DAY_ONLY"),
    ("Titel;Datum;Stunden;Bereich", "Nadeln;2024-02-05;1;Sicherheit", "TOPIC_UNKNOWN"),
    ("Titel;Datum;Stunden;Status", "Nadeln;2024-02-05;1;Wartet", "STATUS_OPEN"),
    ("Titel;Datum;Stunden;Abgeschlossen", "Nadeln;2024-02-05;1;Nein", "NOT_COMPLETED"),
    ("Titel;Datum;Stunden;Anmerkung", "Nadeln;2024-02-05;1;nicht bestanden", "NOT_COMPLETED"),
    ("Titel;Datum;Stunden;Kursart", "Nadeln;2024-02-05;1;Vortrag", "KIND_OPEN"),  # heard or held
    ("Titel;Datum;Stunden;Akkreditierung", "Nadeln;2024-02-05;1;keine Punkte", "CREDIT_DENIED"),
    ("Titre;Date;Heures", "Tubes;2024-02-05;Aucun", "NOT_AN_AMOUNT"),
    ("Titel;Datum;Stunden", "Summe;;12", "TOTAL_ROW"),
    ("Mitarbeiter;Titel;Datum;Stunden", "Ben Example;Nadeln;2024-02-05;1", None),
])
def test_what_is_not_clear_is_asked_about(tmp_path: Path, header: str, row: str, code: str | None) -> None:
    """Points of other bodies, units of other lengths, the order of a date, a safety of whatever kind."""
    line, activity = one_row(tmp_path, header, row)

    assert code is None or codes(line)[0] == code
    assert activity is None or line.status == ("doubtful" if code else "mapped")


def test_the_unit_of_points_can_be_said(tmp_path: Path) -> None:
    """The question names the option."""
    _, activity = one_row(tmp_path, "Titel;Datum;Punkte", "Nadeln;2024-02-05;1,5", unit="contact_hour")
    assert activity is not None
    assert activity.amount == Decimal("1.5")


def test_rows_of_several_people_are_not_mixed(tmp_path: Path) -> None:
    """The columns of people are known, so that no one gets the points of another."""
    rows = "Nombre;Apellidos;Curso;Fecha;Horas\nAda;Sample;Agujas;2024-02-05;1\nBen;Example;Tubos;2024-02-06;2\n"
    assert {codes(line)[0] for line in read(tmp_path, rows).lines[1:]} == {"WHICH_PERSON"}
    assert [one[0] for one in came_in(read(tmp_path, rows, person="Ada Sample"))] == ["Agujas"]


def test_a_table_of_credentials_in_another_language(tmp_path: Path) -> None:
    """The code and the last day make it one."""
    found = read(tmp_path, "Zertifizierung;Gültig bis\nMLS(ASCP);2027-05-31\n", "Titel;Datum;Stunden\nA;2025-02-05;1\n",
                 credentials=())
    assert found.record is not None
    assert [(one.code, str(one.expires_on)) for one in found.record.credentials] == [("MLS", "2027-05-31")]


@pytest.mark.parametrize(("text", "day"), [
    ("5. März 2024", "2024-03-05"), ("5.Maerz 2024", "2024-03-05"), ("Montag, 5. Februar 2024", "2024-02-05"),
    ("1er mars 2024", "2024-03-01"), ("lundi 5 févr. 2024", "2024-02-05"), ("12 août 2024", "2024-08-12"),
    ("5 de febrero de 2024", "2024-02-05"), ("1º de mayo del 2024", "2024-05-01"), ("12-ene-2024", "2024-01-12"),
    ("Mar 5, 2024", "2024-03-05"), ("5 of May 2024", "2024-05-05"), ("9 sept 2024", "2024-09-09"),
    ("Februar 2024", "NOT_A_DATE"), ("5 jui 2024", "NOT_A_DATE"), ("31. Februar 2024", "NO_SUCH_DATE"),
    ("5 juin 24", "YEAR_OPEN"), ("5 xyz 2024", "NOT_A_DATE"),
])
def test_months_in_letters(text: str, day: str) -> None:
    """In each language; a month alone is not a day."""
    found = read_day(text, None, None, EPOCH_1900)
    assert str(found.day or found.question) == day


@pytest.mark.parametrize("table", ["units", "kinds", "done", "topics", "names"])
def test_no_word_of_another_language_changes_an_english_one(table: str) -> None:
    """A file that was read before is read in the same way."""
    english, all_ = getattr(ENGLISH, table), getattr(ALL, table)
    assert {word: all_[word] for word in english} == english


def test_no_header_of_another_language_changes_an_english_one() -> None:
    """Its meanings and its rank among other columns stay."""
    assert {word: dict(ALL.headers[word]) for word in ENGLISH.headers} == {
        word: dict(meanings) for word, meanings in ENGLISH.headers.items()}


def test_no_header_of_another_language_has_two_meanings() -> None:
    """A word with several belongs in a mapping file; `nombre` and `Titel` have one each."""
    new = {word: dict(meanings) for word, meanings in ALL.headers.items() if word not in ENGLISH.headers}
    assert {word: found for word, found in new.items() if len(found) > 1} == {}
    assert ALL.names.keys() - ENGLISH.names.keys()


def test_no_word_of_another_language_names_a_point() -> None:
    """The points of other bodies are not those of the program."""
    def units(words: Words) -> set[str]:
        return {unit for word, unit in words.units.items() if word not in ENGLISH.units}

    amounts = {meaning for word, meanings in ALL.headers.items() if word not in ENGLISH.headers
               for meaning, _ in meanings if meaning in AMOUNTS}
    assert (units(ALL), amounts) == ({"contact_hour"}, {"amount.contact_hour", "amount"})


def meanings(word: str) -> set[tuple[str, str]]:
    """Return what a word can mean in a file."""
    folded = fold(word)
    tables = {"units": ALL.units, "kinds": ALL.kinds, "done": ALL.done, "topics": ALL.topics, "names": ALL.names}
    found = {(name, str(table[key])) for name, table in tables.items() for key in {folded, singular(folded)} & {*table}}
    found |= {("headers", meaning) for meaning, _ in ALL.headers.get(folded, ())}
    return found | {(name, "") for name in ("never", "denied", "without", "totals") if folded in getattr(ALL, name)}


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_no_word_means_something_else_in_another_encoding(page: str) -> None:
    """Days, amounts and areas would otherwise depend on the guess."""
    for word in filter(meanings, known_words()):
        raw = b"" if word.isascii() else word.encode(page, "ignore")
        for other in PAGES if raw and raw.decode(page) == word else ():
            assert meanings(raw.decode(other.name, "ignore")) <= meanings(word), (word, other.name)


def test_the_table_of_other_languages_is_sound() -> None:
    """Its meanings, units, kinds and areas are known, and no word has two statuses, in it or with the English ones."""
    plain, english = table_of_words("tongues.toml"), table_of_words("words.toml")
    assert set(plain) <= {*english, "areas"}
    assert set(plain["headers"]) <= set(MEANINGS)
    assert {*plain["units"]} <= {*vocabulary.UNITS}
    assert {*plain["kinds"]} <= {*vocabulary.KINDS}
    assert {*plain["areas"], *(area for row in plain["topic"] for area in row["areas"])} <= {*vocabulary.AREAS}
    for table in ("units", "kinds", "status"):
        words = {(fold(word), name) for file in (plain, english) for name, listed in file[table].items()
                 if name != "never" for word in listed}
        assert len(dict(words)) == len(words)
