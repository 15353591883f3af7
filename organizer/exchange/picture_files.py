"""Pictures as other programs and cameras leave them, made fit to be kept in the file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from organizer.domain.picture import MAX_BYTES, Picture
from organizer.domain.result import Message, Refusal
from organizer.exchange.text_file import read_bytes
from organizer.i18n import N_

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 100_000_000
"""A picture with more is refused before it is unpacked: a small file can hold one that fills the memory."""

SIDE = 1280
"""The longer side of a picture that is scaled down, in pixels; less where it is still too large."""

_KNOWN = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif"))
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "MPO", "ICO", "PPM", "AVIF")
_NOT_ONE = N_("This is not a picture that can be read. Use a JPEG or PNG file.")
_TOO_MANY = N_("This picture has too many points to be opened safely. Make it smaller first.")


def media_of(data: bytes, told: str = "") -> str:
    """What kind of picture the bytes are; `told` ("image/jpeg") where they don't say it themselves."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((media for start, media in _KNOWN if data.startswith(start)), told or "image/jpeg")


def from_file(path: Path) -> Picture:
    """The picture in a file she chose, made anew.

    So it holds only what is to be seen: where and when it was taken, the camera and a thumbnail are left out.
    Raises Refusal for what is missing, too large, or no picture.
    """
    return _made_anew(read_bytes(path))


def fitted(data: bytes, media: str) -> Picture:
    """The picture as it is if it is small enough, else scaled down (and then without anything but what is seen).

    A small one keeps its very bytes, with whatever an address book put in them. Raises Refusal for one that is
    too large and can't be read.
    """
    if len(data) <= MAX_BYTES:
        return Picture(media_of(data, media), data)
    return _made_anew(data)


def _made_anew(data: bytes) -> Picture:
    try:
        image = _opened(data)
        side = SIDE
        while True:
            image.thumbnail((side, side))
            picture = _encoded(image)
            if len(picture.data) <= MAX_BYTES:
                return picture
            side = side * 3 // 4
    except Refusal:
        raise
    except (Exception, MemoryError) as error:  # decoders raise what they like: struct.error, SyntaxError
        is_bomb = type(error).__name__.startswith("DecompressionBomb")
        raise Refusal(Message(_TOO_MANY if is_bomb else _NOT_ONE)) from None


def _opened(data: bytes) -> Image:
    """What is to be seen, upright, with its holes where it has any."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
        if source.width * source.height > MOST_PIXELS:
            raise Refusal(Message(_TOO_MANY))
        source.draft("RGB", (SIDE, SIDE))  # a JPEG is unpacked no larger than it is needed
        turned = ImageOps.exif_transpose(source)
        has_holes = "A" in turned.getbands() or "transparency" in turned.info
        return turned.convert("RGBA" if has_holes else "RGB")


def _encoded(image: Image) -> Picture:
    """The picture as a file of its own: neither the camera's notes nor the colour profile go along."""
    from PIL import Image

    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    out = io.BytesIO()
    if image.mode == "RGBA":
        bare.save(out, "PNG", optimize=True)
        return Picture("image/png", out.getvalue())
    bare.save(out, "JPEG", quality=85, optimize=True)
    return Picture("image/jpeg", out.getvalue())
