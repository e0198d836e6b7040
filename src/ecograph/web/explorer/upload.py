"""What may be sent to the file check: told by its content, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath, PureWindowsPath

LARGEST = 10 << 20
"""The largest file, in bytes."""
_UNPACKED = 256 << 20
"""What a workbook may take unpacked, altogether."""
_PARTS = 4096
_RATIO = 200
"""A part that packs better than this is no table; DEFLATE itself ends at about 1,000."""
_NAME = re.compile(r"[^\w.() -]+")


class RefusedFileError(Exception):
    """A file that is not checked.

    `kind`: no-file, foreign, large, empty, legacy (.xls or a workbook with a password), pdf, archive, macros,
    packed (unpacks to too much), damaged, binary, unknown, unreadable, busy, slow. `detail` is what the
    reader of the file says, in English.
    """

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


def kind_of(content: bytes) -> str:
    """Return ``xlsx`` or ``csv``.

    Signatures: ZIP ``PK\\x03\\x04`` (APPNOTE 4.3.7), compound file ``D0CF11E0A1B11AE1`` ([MS-CFB] 2.2), PDF
    ``%PDF-`` (ISO 32000-1, 7.5.2), gzip ``1F8B`` (RFC 1952).

    Raises
    ------
    RefusedFileError: for any other content, or a workbook that would unpack to more than it should.
    """
    if not content.strip():
        raise RefusedFileError("empty")
    if content.startswith(b"PK\x03\x04"):
        _look_into(content)
        return "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise RefusedFileError("legacy")
    if content.lstrip()[:5] == b"%PDF-":
        raise RefusedFileError("pdf")
    if content.startswith((b"\x1f\x8b", b"PK", b"7z\xbc\xaf", b"Rar!", b"BZh")):
        raise RefusedFileError("archive")
    if b"\x00" in content:
        raise RefusedFileError("binary")
    return "csv"


def safe_name(given: str, kind: str) -> str:
    """Return the file's own name without path and odd characters, with the ending of its kind.

    The name is kept because it may tell the table, and findings name the file.
    """
    bare = PurePosixPath(PureWindowsPath(given).name).name
    stem = _NAME.sub("_", bare.partition(".")[0]).strip(" .")[:80]
    return f"{stem or 'file'}.{kind}"


def _look_into(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise RefusedFileError("damaged") from None
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise RefusedFileError("archive")
    if "xl/vbaProject.bin" in names:
        raise RefusedFileError("macros")
    too_dense = any(
        part.file_size > 1 << 20 and part.file_size > _RATIO * part.compress_size for part in parts
    )
    if too_dense or len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise RefusedFileError("packed")
