"""The canonical tables themselves, in the order in which they are read and written."""

from __future__ import annotations

from ecograph.tables.schema import Column, Table

_PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_CURRENCY = r"^[A-Z]{3}$"


def _key(example: str) -> Column:
    return Column(
        "key", "code", None, "Nyckel", "Key",
        "Entydig i filen; andra tabeller hänvisar till den.", "Unique in the file; other tables refer to it.",
        required=True, example=example,
    )  # fmt: skip


def _source_url() -> Column:
    return Column(
        "source_url", "code", "eco:sourceReference", "Källa", "Source",
        "Adress eller beteckning för källan; flera delas med ;", "Address or name of the source; several split by ;",
        many=True, example="https://example.org/sida",
    )  # fmt: skip


def _label(lang: str, required: bool = False, example: str = "") -> Column:
    word_sv, word_en = ("svenska", "Swedish") if lang == "sv" else ("engelska", "English")
    return Column(
        f"label_{lang}", "text", "skos:prefLabel", f"Benämning på {word_sv}", f"Label in {word_en}",
        lang=lang, required=required, example=example,
    )  # fmt: skip


def _note(lang: str) -> Column:
    word_sv, word_en = ("svenska", "Swedish") if lang == "sv" else ("engelska", "English")
    return Column(
        f"note_{lang}", "text", "skos:note", f"Anmärkning på {word_sv}", f"Note in {word_en}", lang=lang
    )


PLACES = Table(
    "places", "eco:Place", "place", "Platser", "Places",
    "Länder, NUTS-områden och kommuner; nyckeln är NUTS- eller kommunkoden.",
    "Countries, NUTS regions and municipalities; the key is the NUTS or LAU code.",
    (
        _key("2281"),
        _label("sv", required=True, example="Sundsvall"),
        _label("en", required=True, example="Sundsvall"),
        Column("level", "concept", "eco:placeLevel", "Nivå", "Level", required=True, target="place-level", example="municipality"),
        Column("within", "ref", "eco:within", "Ligger i", "Within", target="places", example="SE321"),
        Column("nuts_code", "code", "eco:nutsCode", "NUTS-kod", "NUTS code", pattern=r"^[A-Z]{2}[A-Z0-9]{0,3}$"),
        Column("lau_code", "code", "eco:lauCode", "Kommunkod", "LAU code", pattern=r"^\d{4}$", example="2281"),
        Column("coastal", "boolean", "eco:coastal", "Vid kusten", "Coastal"),
        Column("geometry", "wkt", "geo:asWKT", "Geometri", "Geometry", "WKT i WGS 84 (CRS84).", "WKT in WGS 84 (CRS84)."),
        _source_url(),
    ),
)  # fmt: skip

STRATEGIES = Table(
    "strategies", "eco:Strategy", "strategy", "Strategier", "Strategies",
    "Strategier; bara en är regionens strategi för smart specialisering.",
    "Strategies; only one is the region's smart specialisation strategy.",
    (
        _key("s3-vasternorrland"),
        _label("sv", required=True),
        _label("en", required=True),
        Column("smart_specialisation", "boolean", "eco:isSmartSpecialisation", "Smart specialisering", "Smart specialisation", required=True),
        Column("region", "ref", "eco:forPlace", "Region", "Region", target="places"),
        Column("period_start", "date", "eco:periodStart", "Periodens början", "Start of period", pattern=_PARTIAL_DATE),
        Column("period_end", "date", "eco:periodEnd", "Periodens slut", "End of period", pattern=_PARTIAL_DATE),
        Column("adopted", "date", "eco:adopted", "Antagen", "Adopted", pattern=_PARTIAL_DATE, example="2020-12"),
        Column("owner", "ref", "eco:strategyOwner", "Ansvarig", "Responsible body", target="organisations"),
        _note("sv"),
        _note("en"),
        _source_url(),
    ),
)  # fmt: skip

AREAS = Table(
    "areas", "eco:PriorityArea", "area", "Prioriterade områden", "Priority areas",
    "De områden som strategin prioriterar. Övrigt är aldrig ett område.",
    "The areas that the strategy gives priority. 'Other' is never an area.",
    (
        _key("forest-bioeconomy"),
        _label("sv", required=True, example="Skoglig bioekonomi"),
        _label("en", required=True, example="Forest-based bioeconomy"),
        Column("strategy", "ref", "skos:inScheme", "Strategi", "Strategy", required=True, target="strategies"),
        Column("status", "concept", "eco:areaStatus", "Ställning", "Status", required=True, target="area-status", example="strength-area"),
        Column("certainty", "concept", "eco:certainty", "Säkerhet", "Certainty", "Hur säker källan är om området och dess ställning.", "How sure the source is of the area and its status.", required=True, target="certainty"),
        Column("colour", "code", "eco:colourName", "Färg", "Colour", "Färgnamn i utforskarens palett.", "Colour name in the explorer's palette.", example="forest"),
        Column("order", "integer", "eco:displayOrder", "Ordning", "Order", minimum=1),
        _note("sv"),
        _note("en"),
        _source_url(),
    ),
)  # fmt: skip

STRATEGY_ELEMENTS = Table(
    "strategy_elements", "eco:StrategyElement", "element", "Strategins delar", "Elements of strategies",
    "Principer, samordningsmål, utmaningar och genomgående teman, var och en i sin strategi.",
    "Principles, coordination goals, challenges and cross-cutting themes, each in its own strategy.",
    (
        _key("goal-skills"),
        Column("type", "term", None, "Slag", "Kind", required=True, example="CoordinationGoal"),
        _label("sv", required=True),
        _label("en", required=True),
        Column("strategy", "ref", "skos:inScheme", "Strategi", "Strategy", required=True, target="strategies"),
        Column("areas", "ref", "eco:concernsArea", "Rör områden", "Concerns areas", many=True, target="areas"),
        Column("order", "integer", "eco:displayOrder", "Ordning", "Order", minimum=1),
        _note("sv"),
        _note("en"),
        _source_url(),
    ),
)  # fmt: skip

DECLARED_LINKS = Table(
    "declared_links", "eco:CrossFertilisation", "cross-fertilisation", "Uttalade kopplingar", "Declared links",
    "Par av områden som strategin själv nämner tillsammans.",
    "Pairs of areas that the strategy itself names together.",
    (
        _key("renewable-energy--forest-bioeconomy"),
        Column("areas", "ref", "eco:joinsArea", "Områden", "Areas", "Exakt två områden.", "Exactly two areas.", required=True, many=True, target="areas"),
        Column("modality", "concept", "eco:modality", "Utsaga", "Modality", "Om områdena sägs vara kopplade eller böra kopplas.", "Whether the areas are said to be linked or that they ought to be.", required=True, target="modality"),
        Column("strategy", "ref", "eco:declaredBy", "Strategi", "Strategy", required=True, target="strategies"),
        _label("sv", required=True),
        _label("en", required=True),
        _note("sv"),
        _note("en"),
        _source_url(),
    ),
    constants=(("eco:crossFertilisationBasis", "voc:cross-fertilisation-basis/declared"),),
)  # fmt: skip

ORGANISATIONS = Table(
    "organisations", "eco:Actor", "actor", "Organisationer", "Organisations",
    "Organisationer med rättslig identitet; aldrig personer.", "Organisations with a legal identity; never persons.",
    (
        _key("mittuniversitetet"),
        Column("type", "term", None, "Slag", "Kind", example="HigherEducationInstitution"),
        Column("name", "text", "rdfs:label", "Namn utan språk", "Name without language", example="MIUN AB"),
        Column("name_sv", "text", "rdfs:label", "Namn på svenska", "Name in Swedish", lang="sv", example="Mittuniversitetet"),
        Column("name_en", "text", "rdfs:label", "Namn på engelska", "Name in English", lang="en", example="Mid Sweden University"),
        Column("other_names", "text", "skos:altLabel", "Andra namn", "Other names", many=True, example="MIUN"),
        Column("helix", "concept", "eco:helix", "Aktörsgrupp (helix)", "Helix", target="helix", example="academia"),
        Column("stakeholder_group", "concept", "eco:stakeholderGroup", "Intressentgrupp", "Stakeholder group", target="stakeholder-group"),
        Column("classified_by", "concept", "eco:classifiedBy", "Klassat av", "Classified by", "Om slag och aktörsgrupp är källans ord eller vår klassning.", "Whether kind and helix are the source's word or our classification.", target="classified-by", example="collector"),
        Column("country", "ref", "eco:country", "Land", "Country", target="places", example="SE"),
        Column("municipality", "ref", "eco:municipality", "Kommun", "Municipality", target="places", example="2281"),
        Column("city", "text", "eco:locality", "Ort", "Locality", "Adressens ort, som källan skriver den.", "The address's locality, as the source writes it.", example="Sundsvall"),
        Column("sites", "ref", "eco:siteIn", "Verksam även i", "Also works in", "Kommuner där aktören verkar utan att ha sitt säte där.", "Municipalities where the actor works without having its seat there.", many=True, target="places"),
        Column("parent", "ref", "eco:partOf", "Del av", "Part of", "Överordnad organisation eller majoritetsägare.", "Parent organisation or majority owner.", target="organisations"),
        Column("orgnr", "code", "eco:organisationNumber", "Organisationsnummer", "Swedish organisation number", pattern=r"^\d{6}-?\d{4}$", example="202100-4524"),
        Column("vat", "code", "eco:vatNumber", "Momsnummer", "VAT number"),
        Column("pic", "code", "eco:pic", "PIC", "PIC", "EU:s nioställiga deltagarkod.", "The EU's participant identification code of nine digits.", pattern=r"^\d{9}$", example="999579860"),
        Column("ror", "iri", "eco:ror", "ROR", "ROR", pattern=r"^https://ror\.org/0[a-z0-9]{8}$", example="https://ror.org/019k1pd13"),
        Column("lei", "code", "eco:lei", "LEI", "LEI", "Global identifierare för juridiska personer (ISO 17442).", "Legal Entity Identifier (ISO 17442).", pattern=r"^[A-Z0-9]{18}\d{2}$", example="549300W9JLPW15XIFM52"),
        Column("wikidata", "code", "eco:wikidata", "Wikidata", "Wikidata", pattern=r"^Q\d+$"),
        Column("website", "iri", "foaf:homepage", "Webbplats", "Website", pattern=r"^https?://\S+$"),
        Column("founded", "date", "schema:foundingDate", "Grundad", "Founded", pattern=_PARTIAL_DATE),
        Column("dissolved", "date", "schema:dissolutionDate", "Upplöst", "Dissolved", pattern=_PARTIAL_DATE),
        _source_url(),
    ),
)  # fmt: skip

PROGRAMMES = Table(
    "programmes", "eco:Programme", "programme", "Program", "Programmes",
    "Program och fonder som finansierar projekt.", "Programmes and funds that finance projects.",
    (
        _key("erdf-mellersta-norrland-2014-2020"),
        _label("sv", required=True),
        _label("en", required=True),
        Column("funder", "ref", "eco:programmeOwner", "Ansvarig", "Responsible body", target="organisations"),
        Column("start", "date", "eco:periodStart", "Början", "Start", pattern=_PARTIAL_DATE),
        Column("end", "date", "eco:periodEnd", "Slut", "End", pattern=_PARTIAL_DATE),
        _source_url(),
    ),
)  # fmt: skip

PROJECTS = Table(
    "projects", "eco:Project", "project", "Projekt", "Projects",
    "Projekt och stående samarbeten, var och en med status.", "Projects and standing cooperations, each with its status.",
    (
        _key("smart"),
        Column("title", "text", "dcterms:title", "Titel utan språk", "Title without language"),
        Column("title_sv", "text", "dcterms:title", "Titel på svenska", "Title in Swedish", lang="sv"),
        Column("title_en", "text", "dcterms:title", "Titel på engelska", "Title in English", lang="en"),
        Column("acronym", "text", "eco:acronym", "Kortnamn", "Acronym", example="SMART"),
        Column("status", "concept", "eco:status", "Status", "Status", required=True, target="project-status", example="finished"),
        Column("status_basis", "text", "eco:statusBasis", "Grund för status", "Basis of status"),
        Column("status_date", "date", "eco:statusDate", "Status per", "Status as of", pattern=_PARTIAL_DATE),
        Column("start", "date", "eco:start", "Start", "Start", pattern=_PARTIAL_DATE, example="2016-09-01"),
        Column("end", "date", "eco:end", "Slut", "End", pattern=_PARTIAL_DATE, example="2019-12-31"),
        Column("start_year", "integer", "eco:startYear", "Startår", "Start year", minimum=1900),
        Column("end_year", "integer", "eco:endYear", "Slutår", "End year", minimum=1900),
        Column("programme", "ref", "eco:fundedUnder", "Program", "Programme", target="programmes"),
        Column("goals", "ref", "eco:contributesToGoal", "Bidrar till mål", "Contributes to goals", many=True, target="strategy_elements"),
        Column("goals_basis", "text", "eco:goalBasis", "Grund för mål", "Basis of goals"),
        Column("sdgs", "concept", "eco:contributesToSdg", "Globala mål", "Global goals", "Kräver en regel eller en källa.", "Needs a rule or a source.", many=True, target="sdg"),
        Column("innovation_kind", "concept", "eco:innovationKind", "Slag av innovation", "Kind of innovation", target="innovation-kind"),
        Column("places", "ref", "eco:takesPlaceIn", "Genomförs i", "Takes place in", many=True, target="places"),
        Column("nationwide", "boolean", "eco:nationwide", "Hela landet", "Nationwide"),
        Column("classification", "concept", "eco:classificationStatus", "Områdesklassning", "Classification to areas", target="classification-status", example="classified"),
        Column("grant_number", "code", "eco:grantNumber", "Diarie- eller avtalsnummer", "Grant number"),
        Column("record_number", "code", "eco:recordNumber", "Postnummer i registret", "Record number"),
        Column("same_as", "code", None, "Samma projekt som", "Same project as", "Nycklar i andra källor, till exempel projektbanken:20201010.", "Keys in other sources, such as projektbanken:20201010.", many=True),
        Column("website", "iri", "foaf:homepage", "Webbplats", "Website", pattern=r"^https?://\S+$"),
        Column("source_date", "date", "eco:sourceDate", "Källans datum", "Date of the source", pattern=_PARTIAL_DATE),
        _source_url(),
    ),
)  # fmt: skip

PARTICIPATIONS = Table(
    "participations", "eco:Participation", "participation", "Projektdeltaganden", "Participations",
    "En aktörs del i ett projekt.", "One actor's part in one project.",
    (
        Column("project", "ref", "eco:inProject", "Projekt", "Project", required=True, target="projects"),
        Column("organisation", "ref", "eco:byActor", "Organisation", "Organisation", required=True, target="organisations"),
        Column("role", "concept", "eco:role", "Roll", "Role", required=True, target="role", example="coordinator"),
        Column("sme", "boolean", "eco:asSme", "Litet eller medelstort företag", "SME"),
        Column("ended", "boolean", "eco:endedEarly", "Avslutat i förtid", "Ended early"),
        _source_url(),
    ),
)  # fmt: skip

FUNDINGS = Table(
    "fundings", "eco:Funding", "funding", "Finansiering", "Funding",
    "Belopp av ett slag för ett projekt eller en aktörs del i det. Olika slag läggs aldrig ihop.",
    "Amounts of one kind for a project or an actor's part in it. Different kinds are never added together.",
    (
        Column("project", "ref", "eco:fundsProject", "Projekt", "Project", required=True, target="projects"),
        Column("organisation", "ref", "eco:recipient", "Mottagare", "Recipient", target="organisations"),
        Column("funder", "ref", "eco:funder", "Finansiär", "Funder", target="organisations"),
        Column("money_kind", "concept", "eco:moneyKind", "Slag av pengar", "Kind of money", required=True, target="money-kind", example="granted-support"),
        Column("amount", "decimal", "eco:amount", "Belopp", "Amount", required=True, minimum=0, example="29625001"),
        Column("currency", "code", "eco:currency", "Valuta", "Currency", required=True, pattern=_CURRENCY, example="SEK"),
        Column("amount_eur", "decimal", "eco:amountEUR", "Belopp i euro", "Amount in EUR", minimum=0),
        Column("rate", "decimal", "eco:exchangeRate", "Kurs", "Exchange rate", "Enheter av valutan för en euro.", "Units of the currency for one euro.", minimum=0),
        Column("rate_date", "date", "eco:exchangeRateDate", "Kursens år", "Year of the rate", pattern=_PARTIAL_DATE),
        Column("year", "integer", "eco:fundingYear", "År", "Year", minimum=1900),
        _source_url(),
    ),
)  # fmt: skip

CLASSIFICATIONS = Table(
    "classifications", "eco:Classification", "classification", "Källans klassning", "Classification by the source",
    "Ämnes- och programkoder som källan ger ett projekt. Text till nyckelordsregler lagras inte.",
    "Subject and programme codes that the source gives a project. Text for keyword rules is not kept.",
    (
        Column("project", "ref", "eco:classifies", "Projekt", "Project", required=True, target="projects"),
        Column("scheme", "code", "eco:codeScheme", "Kodsystem", "Scheme", required=True, example="programme-part"),
        Column("code", "code", "skos:notation", "Kod", "Code", required=True, example="SC3"),
        _label("sv"),
        _label("en"),
    ),
)  # fmt: skip

AREA_RULES = Table(
    "area_rules", "eco:AreaRule", "rule", "Områdesregler", "Area rules",
    "Regler som räknar ett projekt till ett område.", "Rules that count a project to an area.",
    (
        _key("h2020-sc3"),
        Column("scheme", "code", "eco:codeScheme", "Kodsystem", "Scheme", "programme-part, euroscivoc, scb, thematic-objective eller keyword.", "programme-part, euroscivoc, scb, thematic-objective or keyword.", required=True),
        Column("value", "code", "skos:notation", "Värde", "Value", "Kod, kodens början med * eller ord med * för ändelse.", "Code, code prefix with *, or word with * for an ending.", required=True, example="SC3"),
        Column("area", "ref", "eco:toArea", "Område", "Area", required=True, target="areas"),
        Column("weight", "decimal", "eco:weight", "Vikt", "Weight", required=True, minimum=0, example="1"),
        Column("proxy", "boolean", "eco:isProxy", "Närmevärde", "Proxy", "Koden är vidare än området.", "The code is wider than the area.", required=True),
        _label("sv", required=True),
        _label("en", required=True),
        _source_url(),
    ),
)  # fmt: skip

ASSIGNMENTS = Table(
    "assignments", "eco:AreaAssignment", "assignment", "Områdestillhörighet", "Area assignments",
    "Varför ett projekt eller en aktör räknas till ett område.", "Why a project or an actor counts to an area.",
    (
        Column("subject", "ref", "eco:assignmentOf", "Gäller", "Concerns", required=True, target="projects|organisations"),
        Column("area", "ref", "eco:toArea", "Område", "Area", required=True, target="areas"),
        Column("basis", "concept", "eco:basis", "Grund", "Basis", required=True, target="assignment-basis", example="collector"),
        Column("rule", "ref", "eco:byRule", "Regel", "Rule", target="area_rules"),
        Column("weight", "decimal", "eco:weight", "Vikt", "Weight", required=True, minimum=0),
        Column("share", "decimal", "eco:share", "Andel", "Share", "Områdets del av projektets pengar.", "The area's part of the project's money.", minimum=0),
        _note("sv"),
        _note("en"),
        _source_url(),
    ),
)  # fmt: skip

DIALOGUES = Table(
    "dialogues", "eco:DialogueEvent", "dialogue", "Dialogtillfällen", "Dialogue events",
    "Den entreprenöriella upptäcktsprocessen: möten, remisser, granskningar. Organisationer, aldrig personer.",
    "The entrepreneurial discovery process: meetings, consultations, reviews. Organisations, never persons.",
    (
        _key("consultation-2020"),
        _label("sv", required=True),
        _label("en", required=True),
        Column("start", "date", "eco:start", "Början", "Start", required=True, pattern=_PARTIAL_DATE),
        Column("end", "date", "eco:end", "Slut", "End", pattern=_PARTIAL_DATE),
        Column("form", "concept", "eco:dialogueForm", "Form", "Form", required=True, target="dialogue-form"),
        Column("strategy", "ref", "eco:aboutStrategy", "Strategi", "Strategy", target="strategies"),
        Column("areas", "ref", "eco:concernsArea", "Områden", "Areas", many=True, target="areas"),
        Column("organisations", "ref", "eco:involved", "Organisationer", "Organisations", many=True, target="organisations"),
        Column("places", "ref", "eco:takesPlaceIn", "Plats", "Place", many=True, target="places"),
        Column("conclusion_sv", "text", "eco:conclusion", "Slutsats på svenska", "Conclusion in Swedish", lang="sv"),
        Column("conclusion_en", "text", "eco:conclusion", "Slutsats på engelska", "Conclusion in English", lang="en"),
        Column("decision_sv", "text", "eco:decision", "Beslut på svenska", "Decision in Swedish", lang="sv"),
        Column("decision_en", "text", "eco:decision", "Beslut på engelska", "Decision in English", lang="en"),
        _source_url(),
    ),
)  # fmt: skip

EVENTS = Table(
    "events", "eco:OrganisationalChange", "event", "Organisationshändelser", "Organisational changes",
    "Grundande, sammanslagning, namnbyte, efterträdande, förvärv, upplösning.",
    "Founding, merger, renaming, succession, acquisition, dissolution.",
    (
        _key("bizmaker-merger"),
        Column("change_kind", "concept", "eco:changeKind", "Slag", "Kind", required=True, target="change-kind"),
        Column("date", "date", "eco:changeDate", "Datum", "Date", pattern=_PARTIAL_DATE),
        Column("from", "ref", "org:originalOrganization", "Från", "From", "Vid förvärv: köparen.", "In an acquisition: the buyer.", many=True, target="organisations"),
        Column("to", "ref", "org:resultingOrganization", "Till", "To", "Vid förvärv: det köpta.", "In an acquisition: what was bought.", many=True, target="organisations"),
        _source_url(),
    ),
)  # fmt: skip

INDICATORS = Table(
    "indicators", "eco:Indicator", "indicator", "Indikatorer", "Indicators",
    "Mått för resultatbaserad uppföljning.", "Measures for results-based follow-up.",
    (
        _key("population"),
        _label("sv", required=True),
        _label("en", required=True),
        Column("unit", "code", "eco:unit", "Enhet", "Unit", required=True, example="percent"),
        Column("unit_note", "text", "eco:unitNote", "Om enheten", "About the unit"),
        Column("areas", "ref", "eco:concernsArea", "Områden", "Areas", many=True, target="areas"),
        _note("sv"),
        _note("en"),
    ),
)  # fmt: skip

OBSERVATIONS = Table(
    "observations", "eco:Observation", "observation", "Utfall och målvärden", "Observations and targets",
    "Utfall, utgångsvärden och målvärden; målvärdets ägare anges.", "Observations, baselines and targets; whose target it is is stated.",
    (
        Column("indicator", "ref", "eco:ofIndicator", "Indikator", "Indicator", required=True, target="indicators"),
        Column("places", "ref", "eco:forPlace", "Geografi", "Geography", required=True, many=True, target="places"),
        Column("year", "integer", "eco:referenceYear", "År", "Year", required=True, minimum=1900),
        Column("value", "decimal", "eco:value", "Värde", "Value"),
        Column("value_class", "text", "eco:valueClass", "Klass", "Class", "För ett värde som inte är ett tal.", "For a value that is not a number."),
        Column("observation_kind", "concept", "eco:observationKind", "Slag", "Kind", required=True, target="observation-kind"),
        Column("owner", "ref", "eco:targetOwner", "Målets ägare", "Owner of the target", target="organisations"),
        Column("strategy", "ref", "eco:ofStrategy", "Strategi", "Strategy", target="strategies"),
        _source_url(),
    ),
)  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PLACES, STRATEGIES, AREAS, STRATEGY_ELEMENTS, DECLARED_LINKS, ORGANISATIONS, PROGRAMMES, PROJECTS,
        PARTICIPATIONS, FUNDINGS, CLASSIFICATIONS, AREA_RULES, ASSIGNMENTS, DIALOGUES, EVENTS, INDICATORS,
        OBSERVATIONS,
    )
}  # fmt: skip

VOCABULARIES = (
    "place-level", "area-status", "certainty", "modality", "helix", "stakeholder-group", "classified-by",
    "project-status", "sdg", "innovation-kind", "classification-status", "role", "money-kind",
    "assignment-basis", "dialogue-form", "change-kind", "observation-kind", "cross-fertilisation-basis",
    "measure", "gap-verdict", "partition", "period", "code-scheme", "introduction-occasion",
)  # fmt: skip
"""The vocabularies of `ontology/vocabulary/`; a concept's IRI is VOCABULARY + scheme + '/' + key."""
