"""Pictures that come in: upright, small enough, and nothing in them but what is seen."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from organizer.domain.picture import MAX_BYTES
from organizer.domain.result import Refusal
from organizer.exchange.picture_files import SIDE, fitted, from_file

GPS = 0x8825
ORIENTATION = 0x0112


def image_file(size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    image = Image.new(mode, size)
    image.paste(image.getpixel((0, 0)), (0, 0, *size))
    if mode == "RGB":
        image.paste((250, 20, 20), (0, 0, size[0] // 2, size[1]))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def noise(size: tuple[int, int], kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", size, random.Random(1).randbytes(size[0] * size[1] * 3)).save(out, kind)
    return out.getvalue()


def from_phone() -> bytes:
    notes = Image.Exif()
    notes[ORIENTATION] = 6
    notes[0x010F] = "Maker"
    notes.get_ifd(GPS)[1] = "N"
    notes.get_ifd(GPS)[2] = (55.0, 40.0, 12.0)
    return image_file(exif=notes, comment=b"hjemme hos Anna")


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
def test_usual_kinds_of_files_are_read(kind, tmp_path):
    path = tmp_path / "picture"
    path.write_bytes(image_file(kind=kind))
    picture = from_file(path)
    assert picture.media == "image/jpeg"
    assert opened(picture.data).size == (60, 40)


def test_a_chosen_picture_stands_upright_and_tells_no_place(tmp_path):
    data = from_phone()
    assert opened(data).getexif().get_ifd(GPS)
    (tmp_path / "phone.jpg").write_bytes(data)
    picture = from_file(tmp_path / "phone.jpg")
    image = opened(picture.data)
    assert image.size == (40, 60)
    red, green, _blue = image.getpixel((20, 5))
    assert red > 200
    assert green < 60
    assert not image.getexif()
    assert b"hjemme" not in picture.data
    assert b"Maker" not in picture.data


def test_holes_stay_holes(tmp_path):
    (tmp_path / "holes.png").write_bytes(image_file(kind="PNG", mode="RGBA"))
    picture = from_file(tmp_path / "holes.png")
    assert picture.media == "image/png"
    assert opened(picture.data).getpixel((0, 0))[3] == 0


def test_a_small_picture_of_an_address_book_keeps_its_bytes():
    data = from_phone()
    assert fitted(data, "").data == data
    assert fitted(data, "").media == "image/jpeg"
    assert fitted(b"what nobody can read", "image/png").data == b"what nobody can read"
    assert fitted(image_file(kind="PNG"), "image/jpeg").media == "image/png"


@pytest.mark.parametrize("size", [(1300, 900), (700, 1500)])
def test_a_large_picture_is_scaled_until_it_fits(size):
    data = noise(size)
    assert len(data) > MAX_BYTES
    picture = fitted(data, "image/png")
    assert len(picture.data) <= MAX_BYTES
    image = opened(picture.data)
    assert max(image.size) <= SIDE
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.02)


def bomb() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path):
    (tmp_path / "bomb.png").write_bytes(bomb())
    with pytest.raises(Refusal, match="too many points"):
        from_file(tmp_path / "bomb.png")


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", image_file()[:100]]
)
def test_what_is_no_picture_is_refused(data, tmp_path):
    (tmp_path / "x.jpg").write_bytes(data)
    with pytest.raises(Refusal, match="not a picture"):
        from_file(tmp_path / "x.jpg")
    with pytest.raises(Refusal):
        from_file(tmp_path / "gone.jpg")


GOOD = [image_file(kind=kind) for kind in ("JPEG", "PNG", "GIF", "WEBP", "TIFF")]


@given(
    data=st.sampled_from(GOOD),
    changes=st.lists(st.tuples(st.integers(0, 900), st.binary(min_size=1, max_size=6)), max_size=6),
    cut=st.integers(20, 2000),
)
@settings(max_examples=100)
def test_damaged_pictures_are_read_or_refused(data, changes, cut, tmp_path_factory):
    for place, piece in changes:
        data = data[:place] + piece + data[place + len(piece) :]
    path: Path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(data[:cut])
    with contextlib.suppress(Refusal):
        assert len(from_file(path).data) <= MAX_BYTES
