"""The page of data quality: what was kept out and why, what disagrees, what is not known."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from ecograph.store.builds import Build
from ecograph.web.explorer.quality import findings


def test_the_sentence_and_the_tables_come_from_the_same_findings(
    client: FlaskClient, fixture_build: Build, graph: Any
) -> None:
    page = " ".join(client.get("/en/quality").get_data(as_text=True).split())
    rows = graph.select("SELECT (SUM(?n) AS ?sum) WHERE { ?source eco:rowsQuarantined ?n }").values()
    found = findings(fixture_build.path / "quarantine.csv")
    assert f"{rows[0]['sum']} of" in page
    assert f"{len(found)} finding" in page
    assert found[0].message("en") in page
    for id_ in ("coverage", "rules", "quarantine", "review", "conflicts", "gaps"):
        assert f'id="{id_}"' in page
    assert "not seen in this source" in page


def test_the_quarantine_is_filtered_and_taken_away_as_it_is_seen(
    client: FlaskClient, fixture_build: Build
) -> None:
    found = findings(fixture_build.path / "quarantine.csv")
    one = found[0]
    address = f"severity={one.severity}&source={one.source}"
    wanted = [each for each in found if (each.severity, each.source) == (one.severity, one.source)]
    text = client.get(f"/sv/quality/quarantine?format=csv&{address}").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["message_sv"] for row in rows] == [each.message_sv for each in wanted]
    assert f"{len(wanted)} anmärkning" in client.get(f"/sv/quality?{address}").get_data(as_text=True)
    for query in ("severity=no", "page=9999", "source=" + "x" * 4000, "code=%00"):
        assert client.get(f"/sv/quality?{query}").status_code == 200
    assert client.get("/sv/quality/review").status_code == 200


def test_a_personal_number_in_a_finding_is_masked_once_more(tmp_path: Path) -> None:
    path = tmp_path / "quarantine.csv"
    head = "source,file,sheet,row,column,severity,code,message_sv,message_en,remedy_sv,remedy_en,record"
    path.write_text(
        f"{head}\ns,f.csv,Blad,3,orgnr,info,x,Numret 19121212-1212.,The number 19121212-1212.,,,{{}}\n"
        f"s,f.csv,,4,orgnr,violation,x,a,b,,,\n",
        encoding="utf-8-sig",
    )
    found = findings(path)
    assert [one.severity for one in found] == ["violation", "info"]
    assert found[1].message("sv") == "Numret ••••••-••••."
    assert found[1].place == "f.csv [Blad]"
    assert findings(tmp_path / "missing.csv") == []
