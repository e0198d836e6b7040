"""Check a file on the web: what comes back, what is refused, and that nothing is kept."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from ecograph.config import Workspace
from ecograph.sources import tabular
from ecograph.web import checking
from ecograph.web.explorer import file_check, upload

ROOT = Path(__file__).resolve().parents[2]
HEAD = "key,type,name_sv,name_en,orgnr,municipality,helix\n"
GOOD = HEAD + "nytt-ab,Company,Nytt AB,Nytt AB,,2281,industry\n"
BAD = GOOD + "fel,Compny,Fel,Fel,,2281,industry\nenskild,Company,Firma,Firma,19121212-1212,2280,industry\n"


def _send(client: FlaskClient, content: str | bytes, name: str = "organisations.csv", **more: Any) -> Any:
    data = content.encode() if isinstance(content, str) else content
    headers = more.pop("headers", {})
    return client.post(
        f"/{more.pop('lang', 'sv')}/file-check",
        data={"file": (io.BytesIO(data), name), **more},
        headers=headers,
    )


def _xlsx(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, b"<x/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_deviations_come_back_with_row_column_and_remedy_and_nothing_is_kept(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[str] = []
    run = file_check._run
    monkeypatch.setattr(
        file_check, "_run", lambda order: (seen.extend(p.name for p in order.parent.iterdir()), run(order))
    )
    answer = _send(client, BAD)
    page = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "2 rader måste rättas innan hela filen kan läsas in." in page
    assert '<td class="num">3</td><td>type</td>' in page
    assert "Menades 'Company'?" in page or "Menades &#39;Company&#39;?" in page
    assert "1212-1212" not in page
    assert "••••••-••••" in page
    assert sorted(seen) == ["order.json", "organisations.csv"]
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_comes_back_with_its_cells_marked(client: FlaskClient) -> None:
    answer = _send(client, (ROOT / "tests/fixture/incoming/bad-workbook.xlsx").read_bytes(), "Våra projekt.xlsx",
                   report="xlsx", lang="en")  # fmt: skip
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="vara-projekt-checked.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    assert any(cell.comment for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("report", ["json", "turtle", "csv", "page"])
def test_each_report_holds_the_same_findings(
    fixture_workspace: Workspace, tmp_path: Path, report: str
) -> None:
    (tmp_path / "organisations.csv").write_text(BAD, encoding="utf-8")
    order = {"file": str(tmp_path / "organisations.csv"), "workspace": str(fixture_workspace.root),
             "language": "en", "table": "", "report": report}  # fmt: skip
    result = checking.answer(order, tmp_path)
    assert result["counts"] == {"violation": 2, "rows": 2}
    made = (tmp_path / checking.REPORT).read_text(encoding="utf-8") if report != "page" else ""
    if report == "json":
        assert [one["row"] for one in json.loads(made)["findings"]] == [3, 4]
    elif report == "csv":
        assert made.count("\n") == 3
        assert "1212-1212" not in made
    elif report == "turtle":
        assert "sh:ValidationReport" in made
    assert [one["row"] for one in result["findings"]] == [3, 4]


def test_a_table_that_nothing_tells_is_asked_for(fixture_workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    order = {"file": str(tmp_path / "x.csv"), "workspace": str(fixture_workspace.root), "language": "sv",
             "table": "", "report": "page"}  # fmt: skip
    assert checking.answer(order, tmp_path)["wrong"] == "unknown"
    (tmp_path / "x.csv").write_bytes("key\nå\n".encode("latin-1"))
    unreadable = checking.answer({**order, "table": "organisations"}, tmp_path)
    assert unreadable["wrong"] == "unreadable"
    assert str(tmp_path) not in unreadable["message"] + unreadable["remedy"]


@pytest.mark.parametrize(
    ("content", "kind", "status", "remedy"),
    [
        (b"", "empty", 415, "Välj en annan fil."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "legacy", 415, "spara den som .xlsx utan lösenord"),
        (b"%PDF-1.7 ...", "pdf", 415, "Be om tabellen som PDF:en gjordes av"),
        (b"PK\x03\x04 broken", "damaged", 415, "spara den på nytt som .xlsx"),
        (b"\x1f\x8b\x08 packed", "archive", 415, "Packa upp den"),
        (b"a,b\n\x00\x01", "binary", 415, "Spara tabellen som .xlsx eller CSV"),
        (_xlsx(), None, None, None),
        (_xlsx(**{"xl__vbaProject.bin": b"x"}), "macros", 415, "utan makron"),
        (_xlsx(xl__sheet1=b"\0" * (3 << 20)), "packed", 415, "den tomma mallen"),
        (b"x" * (upload.LARGEST + 1), "large", 413, "dela filen"),
        (b"x" * (upload.LARGEST + (1 << 20)), "large", 413, "högst 10 MB"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_remedy(
    client: FlaskClient, content: bytes, kind: str | None, status: int | None, remedy: str | None
) -> None:
    if kind is None:
        assert upload.kind_of(content) == "xlsx"
        return
    answer = _send(client, content, "organisations.xlsx")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert str(remedy) in page
    assert 'id="upload"' in page


def test_a_form_of_another_site_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        file_check, "_checked", lambda *given: ({"wrong": "unknown", "message": "", "remedy": ""}, b"")
    )
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 422),
        ({"Origin": "http://localhost"}, 422),
        ({}, 422),
    ):
        assert _send(client, GOOD, headers=headers).status_code == status, headers


def test_one_check_too_many_and_one_too_slow_are_told_to_come_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    held = [file_check._running.acquire(blocking=False) for _ in range(file_check._AT_ONCE)]
    assert all(held)
    busy = _send(client, GOOD)
    for _ in held:
        file_check._running.release()
    assert busy.status_code == 503
    assert busy.headers["Retry-After"] == "30"
    assert "Två filer kontrolleras just nu." in busy.get_data(as_text=True)
    monkeypatch.setattr(file_check, "_SECONDS", 0.05)
    slow = _send(client, GOOD)
    assert slow.status_code == 503
    assert "Kontrollen tog för mycket tid eller minne" in slow.get_data(as_text=True)
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_needs_too_much_memory_is_stopped_alone(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_check, "_MEMORY", 8 << 20)
    assert _send(client, GOOD).status_code == 503
    assert client.get("/sv/file-check").status_code == 200


def test_odd_forms_are_no_failure_of_ours(client: FlaskClient) -> None:
    assert client.post("/sv/file-check").status_code == 400
    assert client.post("/sv/file-check", data={"file": "text"}).status_code == 400
    assert _send(client, GOOD, report="exe").status_code == 400
    assert _send(client, GOOD, table="nope").status_code == 400
    assert client.post("/sv/file-check", data=b"--x", content_type="multipart/form-data").status_code in {
        400,
        413,
    }


def test_a_file_name_loses_its_path_and_odd_characters() -> None:
    assert upload.safe_name("C:\\Users\\x\\organisations.xls", "xlsx") == "organisations.xlsx"
    assert upload.safe_name("../../etc/passwd", "csv") == "passwd.csv"
    assert upload.safe_name("\x00…<>", "csv") == "_.csv"
    assert upload.safe_name("..", "csv") == "file.csv"
    assert upload.safe_name("Våra projekt (2).csv", "csv") == "Våra projekt (2).csv"


def test_the_template_comes_in_the_readers_language(client: FlaskClient, tmp_path: Path) -> None:
    for lang, name in (("sv", "ecograph-mall.xlsx"), ("en", "ecograph-template.xlsx")):
        answer = client.get(f"/{lang}/file-check/template.xlsx")
        assert name in answer.headers["Content-Disposition"]
        (tmp_path / name).write_bytes(answer.get_data())
        assert "organisations" in tabular.sheet_names(tmp_path / name)
