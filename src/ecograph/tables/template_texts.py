"""The words of the steward's workbook, in Swedish and English."""

from __future__ import annotations

from typing import Literal

Language = Literal["sv", "en"]

KINDS: dict[Language, dict[str, str]] = {
    "sv": {
        "text": "text", "code": "kod eller beteckning", "integer": "heltal", "decimal": "tal",
        "boolean": "true eller false", "date": "ÅÅÅÅ, ÅÅÅÅ-MM eller ÅÅÅÅ-MM-DD", "iri": "adress",
        "ref": "nyckeln för en rad i {target}", "concept": "ett av värdena i listan",
        "term": "ett av slagen i listan", "wkt": "geometri (WKT)",
    },
    "en": {
        "text": "text", "code": "code or identifier", "integer": "whole number", "decimal": "number",
        "boolean": "true or false", "date": "YYYY, YYYY-MM or YYYY-MM-DD", "iri": "address",
        "ref": "the key of a row of {target}", "concept": "one of the values of the list",
        "term": "one of the kinds of the list", "wkt": "geometry (WKT)",
    },
}  # fmt: skip
WORDS: dict[Language, dict[str, str]] = {
    "sv": {
        "required": "Måste fyllas i.", "many": "Flera värden delas med ;.", "example": "Exempel: ",
        "minimum": "Minst {minimum}.", "wrong": "Värdet passar inte kolumnen",
        "elsewhere": "Nyckeln finns inte i bladet {target}. Det går bra om den finns i arbetsytan.",
        "examples": "En rad i varje tabell, så som den kan se ut. Bladet läses inte in.",
        "sheet": "Blad", "what": "Vad som står där", "title": "Fyll i ekosystemets tabeller",
    },
    "en": {
        "required": "Must be filled in.", "many": "Several values are split by ;.", "example": "Example: ",
        "minimum": "At least {minimum}.", "wrong": "The value does not fit the column",
        "elsewhere": "The key is not in the sheet {target}. That is fine when it is in the workspace.",
        "examples": "One row of each table as it may look. This sheet is not loaded.",
        "sheet": "Sheet", "what": "What stands there", "title": "Fill in the tables of the ecosystem",
    },
}  # fmt: skip
STEPS: dict[Language, tuple[str, ...]] = {
    "sv": (
        "1. Fyll i de blad som behövs, en rad för varje sak; lämna andra blad tomma. Ändra inte rubrikerna.",
        "2. Peka på en rubrik: där står vad kolumnen betyder, hur den skrivs och vilka värden den har.",
        "3. Mörka rubriker måste fyllas i. Celler med en pil har en lista; cellen ska innehålla nyckeln.",
        "4. key är radens egen nyckel. Andra blad hänvisar till raden med den.",
        "5. Personuppgifter får inte skrivas någonstans: organisationer, aldrig personer.",
        "6. Lämna en cell tom när värdet inte är känt; ett saknat värde är aldrig noll.",
        "7. Granska filen: ecograph check FIL.xlsx -C data --report xlsx -o granskad.xlsx",
        "8. Lägg den i arbetsytans tables när granskningen är ren, och bygg: ecograph build -C data",
    ),
    "en": (
        "1. Fill in the sheets you need, one row a thing; leave the others empty. Keep the headings.",
        "2. Point at a heading: it says what the column means, how it is written and which values there are.",
        "3. Dark headings must be filled in. Cells with an arrow have a list; the cell must hold the key.",
        "4. key is the row's own key. Other sheets refer to the row by it.",
        "5. No personal data may be written anywhere: organisations, never persons.",
        "6. Leave a cell empty when the value is not known; a missing value is never zero.",
        "7. Check the file: ecograph check FILE.xlsx -C data --lang en --report xlsx -o checked.xlsx",
        "8. When it is clean, put it into the workspace's tables and build: ecograph build -C data",
    ),
}
