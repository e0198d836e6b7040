"""What findings say: one text per code, in Swedish and English, each with its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ecograph.errors import Place
from ecograph.tables.batch import Finding, Severity


@dataclass(frozen=True, slots=True)
class Message:
    """The four texts of one kind of finding; `{name}` stands for a value given when it is used."""

    severity: Severity
    message_sv: str
    message_en: str
    remedy_sv: str
    remedy_en: str


MESSAGES: dict[str, Message] = {
    "required-empty": Message(
        "violation",
        "Cellen i {column} är tom men måste ha ett värde.",
        "The cell in {column} is empty but must have a value.",
        "Fyll i {column}{example_sv}.",
        "Fill in {column}{example_en}.",
    ),
    "bad-date": Message(
        "violation",
        "'{value}' i {column} är inget datum som finns.",
        "'{value}' in {column} is not a date that exists.",
        "Skriv ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD, till exempel 2016-09-01.",
        "Write YYYY, YYYY-MM or YYYY-MM-DD, for instance 2016-09-01.",
    ),
    "not-an-integer": Message(
        "violation",
        "'{value}' i {column} är inget heltal.",
        "'{value}' in {column} is not a whole number.",
        "Skriv bara siffror, till exempel 2016.",
        "Write digits only, for instance 2016.",
    ),
    "not-a-number": Message(
        "violation",
        "'{value}' i {column} är inget tal, eller kan läsas på två sätt.",
        "'{value}' in {column} is not a number, or can be read in two ways.",
        "Skriv talet med siffror och decimalpunkt, utan enhet och tusentalskomma: 29625001.50.",
        "Write the number in digits with a decimal point, without unit or thousands comma: 29625001.50.",
    ),
    "not-a-boolean": Message(
        "violation",
        "'{value}' i {column} är varken sant eller falskt.",
        "'{value}' in {column} is neither true nor false.",
        "Skriv true eller false.",
        "Write true or false.",
    ),
    "negative-amount": Message(
        "violation",
        "'{value}' i {column} är negativt.",
        "'{value}' in {column} is negative.",
        "Skriv ett tal som är noll eller större; lämna cellen tom om värdet är okänt.",
        "Write a number of zero or more; leave the cell empty when the value is not known.",
    ),
    "too-small": Message(
        "violation",
        "'{value}' i {column} är mindre än {minimum}.",
        "'{value}' in {column} is smaller than {minimum}.",
        "Skriv ett tal som är minst {minimum}.",
        "Write a number of at least {minimum}.",
    ),
    "bad-pattern": Message(
        "violation",
        "'{value}' i {column} har inte rätt form.",
        "'{value}' in {column} does not have the right form.",
        "Formen är {pattern}{example_sv}.",
        "The form is {pattern}{example_en}.",
    ),
    "unknown-concept": Message(
        "violation",
        "'{value}' i {column} finns inte i vokabulären {scheme}.",
        "'{value}' in {column} is not in the vocabulary {scheme}.",
        "{nearest_sv}Kända värden: {known}.",
        "{nearest_en}Known values: {known}.",
    ),
    "unknown-class": Message(
        "violation",
        "'{value}' i {column} är inget känt slag.",
        "'{value}' in {column} is not a known kind.",
        "{nearest_sv}Kända slag: {known}.",
        "{nearest_en}Known kinds: {known}.",
    ),
    "duplicate-key": Message(
        "violation",
        "Nyckeln '{value}' står redan i {first_sv}.",
        "The key '{value}' already stands in {first_en}.",
        "Ge raden en egen nyckel, eller ta bort den om den är samma sak.",
        "Give the row a key of its own, or remove it when it is the same thing.",
    ),
    "not-two-areas": Message(
        "violation",
        "{column} ska ha exakt två olika områden, inte '{value}'.",
        "{column} must have exactly two different areas, not '{value}'.",
        "Skriv två områdens nycklar med ; emellan.",
        "Write the keys of two areas with ; between them.",
    ),
    "sole-trader": Message(
        "violation",
        "Numret i {column} är ett personnummer (enskild näringsidkare): {value}.",
        "The number in {column} is a personal number (sole trader): {value}.",
        "Ta bort raden ur filen: personuppgifter får inte finnas i grafen.",
        "Remove the row from the file: personal data must not stand in the graph.",
    ),
    "bad-check-digit": Message(
        "violation",
        "Organisationsnumret '{value}' i {column} har fel kontrollsiffra.",
        "The organisation number '{value}' in {column} has a wrong check digit.",
        "Jämför med företagsregistret, eller lämna cellen tom.",
        "Compare with the register of companies, or leave the cell empty.",
    ),
    "unknown-column": Message(
        "warning",
        "Kolumnen '{column}' är okänd i tabellen {table} och läses inte.",
        "The column '{column}' is unknown in the table {table} and is not read.",
        "{nearest_sv}Kända kolumner: {known}.",
        "{nearest_en}Known columns: {known}.",
    ),
    "unknown-table": Message(
        "warning",
        "'{table}' är ingen känd tabell och läses inte.",
        "'{table}' is not a known table and is not read.",
        "{nearest_sv}Kända tabeller: {known}.",
        "{nearest_en}Known tables: {known}.",
    ),
    "dangling-required": Message(
        "violation",
        "{column} hänvisar till '{value}', som inte finns i {target}.",
        "{column} refers to '{value}', which is not in {target}.",
        "{nearest_sv}Lägg till '{value}' i {target} eller rätta nyckeln.",
        "{nearest_en}Add '{value}' to {target} or correct the key.",
    ),
    "hangs-on-rejected": Message(
        "violation",
        "{column} hänvisar till '{value}' i {target}, som ligger i karantän: {reason_sv}",
        "{column} refers to '{value}' in {target}, which is in quarantine: {reason_en}",
        "Rätta den raden, så följer den här med.",
        "Mend that row, and this one follows.",
    ),
    "dangling-optional": Message(
        "warning",
        "{column} hänvisar till '{value}', som inte finns i {target}; cellen lämnas tom{more_sv}.",
        "{column} refers to '{value}', which is not in {target}; the cell is left empty{more_en}.",
        "{nearest_sv}Lägg till '{value}' i {target} eller rätta nyckeln.",
        "{nearest_en}Add '{value}' to {target} or correct the key.",
    ),
    "on-trust": Message(
        "info",
        "{count} hänvisningar till rader i andra tabeller är inte prövade: ingen arbetsyta är angiven.",
        "{count} references to rows of other tables are not checked: no workspace is named.",
        "Ange arbetsytan med -C, till exempel -C data.",
        "Name the workspace with -C, for instance -C data.",
    ),
    "perhaps-same": Message(
        "info",
        "'{value}' liknar '{other}' men hålls isär ({reason}).",
        "'{value}' is like '{other}' but is kept apart ({reason}).",
        "Är de samma organisation: skriv det i identity/decisions.csv med merge; annars apart.",
        "If they are one organisation, say so in identity/decisions.csv with merge; otherwise apart.",
    ),
    "not-placed": Message(
        "info",
        "{unplaced} av {total} organisationer i landet kunde inte föras till en kommun; "
        "{unnamed} saknar ort{common_sv}.",
        "{unplaced} of {total} organisations in the country map to no municipality; "
        "{unnamed} have no locality{common_en}.",
        "Lägg till orter i localities.csv; saknad ort kan bara källan ge.",
        "Add localities to localities.csv; a missing locality only the source can give.",
    ),
    "duplicates-dropped": Message(
        "info",
        "{count} rader var dubbletter och räknas en gång.",
        "{count} rows were duplicates and count once.",
        "Inget behöver göras.",
        "Nothing needs doing.",
    ),
    "unknown-place-name": Message(
        "warning",
        "'{value}' i {column} är ingen känd kommun{more_sv}.",
        "'{value}' in {column} is not a known municipality{more_en}.",
        "Lägg till kommunen i places.csv.",
        "Add the municipality to places.csv.",
    ),
    "no-such-record": Message(
        "warning",
        "{column} '{value}' finns inte i {target}; {count} rader läses inte.",
        "{column} '{value}' is not in {target}; {count} rows are not read.",
        "Hämta alla filer av samma datum.",
        "Fetch all files of the same date.",
    ),
    "unknown-code": Message(
        "warning",
        "'{value}' i {column} är en okänd kod i {count} rader; {instead_sv}.",
        "'{value}' in {column} is an unknown code in {count} rows; {instead_en}.",
        "Se efter i källans beskrivning om koden är ny.",
        "See in the source's description whether the code is new.",
    ),
}


def finding(
    code: str, source: str, place: Place, *, record: dict[str, str] | None = None, **values: Any
) -> Finding:
    """Return the finding of that code, its texts filled with `values` (`column` comes from `place`).

    Raises
    ------
    KeyError: for a code that is not one of `MESSAGES`, or a value that its texts need and lack.
    """
    text = MESSAGES[code]
    filled = {"column": place.column or "", **values}
    return Finding(
        source=source,
        place=place,
        severity=text.severity,
        code=code,
        message_sv=text.message_sv.format(**filled),
        message_en=text.message_en.format(**filled),
        remedy_sv=text.remedy_sv.format(**filled),
        remedy_en=text.remedy_en.format(**filled),
        record=record or {},
    )
