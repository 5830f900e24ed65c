"""A picture from a stranger is drawn anew in a child process, or refused with a reason."""

import io
import shutil
import socket
import struct
import subprocess
import sys
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from wenming.base.darkroom.looks import looks_of
from wenming.base.images import REASONS, BadPicture, Limits, clean_picture, difference
from wenming.base.images.cleaning import CAMERA_ZONE
from wenming.base.wording.speaking import form_of

RED, BLUE = (200, 20, 20), (20, 20, 200)


def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """A picture with something on it, the same for the same seed."""
    random = Random(seed)
    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = random.randrange(width), random.randrange(height)
        colour = tuple(random.randrange(256) for _ in range(3))
        pen.ellipse((x - 60, y - 60, x + 60, y + 60), fill=colour)
    return image


def saved(image: Image.Image, path: Path, **how: object) -> Path:
    image.save(path, **how)
    return path


def written(content: bytes, path: Path) -> Path:
    path.write_bytes(content)
    return path


def reason(source: Path, into: Path, limits: Limits | None = None) -> str:
    with pytest.raises(BadPicture) as refused:
        clean_picture(source, into=into, limits=limits)
    assert not list(into.glob("*.jpg")) + list(into.glob("*.png")) + list(into.glob("*.webp"))
    return refused.value.reason


@pytest.fixture
def into(tmp_path: Path) -> Path:
    (folder := tmp_path / "out").mkdir()
    return folder


@pytest.mark.parametrize(("ending", "kind"), [("jpg", "jpeg"), ("png", "png"), ("webp", "webp")])
def test_a_picture_becomes_three_copies(tmp_path: Path, into: Path, ending: str, kind: str) -> None:
    got = clean_picture(saved(scene(2000, 1500), tmp_path / f"a.{ending}"), into=into)
    assert (got.kind, got.width, got.height) == (kind, 2000, 1500)
    sizes = []
    for place in (got.clean, got.preview, got.thumbnail):
        with Image.open(place) as copy:
            copy.load()
            sizes.append(copy.size)
    assert sizes == [(2000, 1500), (1280, 960), (320, 240)]
    assert sorted(place.name for place in into.iterdir()) == sorted(
        [f"clean.{ending}", "preview.jpg", "thumbnail.jpg"]
    )


def test_a_small_picture_is_never_blown_up(tmp_path: Path, into: Path) -> None:
    got = clean_picture(saved(scene(100, 50), tmp_path / "a.png"), into=into)
    with Image.open(got.thumbnail) as thumbnail:
        assert thumbnail.size == (100, 50)


def exif(**gps: object) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = 6  # lies on its side
    tags[0x010F] = "CameraMaker"
    shot = tags.get_ifd(0x8769)
    shot[0x9003] = "2026:10:01 09:30:15"
    if "offset" in gps:
        shot[0x9011] = gps.pop("offset")
    tags.get_ifd(0x8825).update(
        {1: "N", 2: (37.0, 26.0, 0.6), 3: "E", 4: (118.0, 40.0, 30.0)} | gps.get("gps", {})  # type: ignore[operator]
    )
    return tags


def test_metadata_is_read_out_and_left_behind(tmp_path: Path, into: Path) -> None:
    source = saved(scene(), tmp_path / "a.jpg", exif=exif(), comment=b"a private remark")
    got = clean_picture(source, into=into)
    assert got.taken_at == datetime(2026, 10, 1, 9, 30, 15, tzinfo=CAMERA_ZONE)
    assert got.is_zone_assumed
    assert (got.longitude, got.latitude) == pytest.approx((118.675, 37.4335), abs=1e-6)
    for place in (got.clean, got.preview, got.thumbnail):
        content = place.read_bytes()
        assert not [left for left in (b"Exif", b"CameraMaker", b"private") if left in content]
        with Image.open(place) as copy:
            assert not copy.getexif()


def test_a_camera_that_knows_its_zone_is_believed(tmp_path: Path, into: Path) -> None:
    source = saved(scene(), tmp_path / "a.jpg", exif=exif(offset="+09:00"))
    got = clean_picture(source, into=into)
    assert not got.is_zone_assumed
    assert got.taken_at is not None
    assert got.taken_at.utcoffset() == timedelta(hours=9)
    assert got.taken_at.astimezone(UTC).hour == 0


@pytest.mark.parametrize(
    "gps",
    [{2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}, {2: (95.0, 0.0, 0.0)}, {1: "Q"}, {2: (1.0, 2.0)}],
)
def test_a_place_that_cannot_be_is_no_place(
    tmp_path: Path, into: Path, gps: dict[int, object]
) -> None:
    got = clean_picture(saved(scene(), tmp_path / "a.jpg", exif=exif(gps=gps)), into=into)
    assert (got.longitude, got.latitude) == (None, None)
    assert got.taken_at is not None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_copy_stands_upright(tmp_path: Path, into: Path, orientation: int) -> None:
    image = Image.new("RGB", (200, 100), RED)
    image.paste(BLUE, (0, 0, 40, 40))  # a mark in the upper left corner
    turns = {2: (0,), 3: (3,), 4: (1,), 5: (5,), 6: (2,), 7: (6,), 8: (4,)}
    lying = image
    for turn in turns.get(orientation, ()):
        lying = lying.transpose(Image.Transpose(turn))
    tags = Image.Exif()
    tags[0x0112] = orientation
    got = clean_picture(saved(lying, tmp_path / "a.png", exif=tags), into=into)
    with Image.open(got.clean) as copy:
        assert copy.size == (200, 100)
        assert copy.getpixel((10, 10)) == BLUE
        assert copy.getpixel((190, 90)) == RED


def test_colours_come_out_in_srgb_without_a_profile(tmp_path: Path, into: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    got = clean_picture(saved(scene(), tmp_path / "a.png", icc_profile=profile), into=into)
    with Image.open(got.clean) as copy:
        assert "icc_profile" not in copy.info


def test_a_broken_profile_does_not_refuse_the_picture(tmp_path: Path, into: Path) -> None:
    source = saved(scene(), tmp_path / "a.jpg", icc_profile=b"not a profile" * 20)
    assert clean_picture(source, into=into).width == 640


def test_sixteen_bits_a_point_do_not_turn_white(tmp_path: Path, into: Path) -> None:
    grey = Image.new("I;16", (64, 64), 0x4000)
    got = clean_picture(saved(grey, tmp_path / "a.png"), into=into)
    with Image.open(got.clean) as copy:
        assert copy.getpixel((5, 5)) == (64, 64, 64)


def test_what_is_clear_stays_clear_and_its_preview_is_white(tmp_path: Path, into: Path) -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    got = clean_picture(saved(clear, tmp_path / "a.png"), into=into)
    with Image.open(got.clean) as copy, Image.open(got.preview) as preview:
        assert copy.mode == "RGBA"
        assert preview.getpixel((5, 5)) == (255, 255, 255)


def test_the_same_scene_looks_the_same_and_another_does_not() -> None:
    first, again = scene(), scene().resize((300, 225))
    stored = io.BytesIO()
    again.save(stored, "jpeg", quality=40)
    assert difference(looks_of(first), looks_of(Image.open(stored))) <= 8
    assert difference(looks_of(first), looks_of(scene(seed=2))) > 16


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of zeros whose head claims a size; its pixels compress a thousandfold."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    packer = zlib.compressobj(9)
    row = b"\0" * (1 + width * 3)
    body = b"".join(packer.compress(row) for _ in range(min(height, 300))) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_picture_of_900_million_pixels_is_refused(tmp_path: Path, into: Path) -> None:
    assert reason(written(png_claiming(30_000, 30_000), tmp_path / "a.png"), into) == (
        "too_many_pixels"
    )


def test_a_text_that_unpacks_to_hundreds_of_megabytes_is_refused(
    tmp_path: Path, into: Path
) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "a" * 100_000_000, zip=True)
    source = saved(scene(), tmp_path / "a.png", pnginfo=texts)
    assert source.stat().st_size < 1_000_000
    assert reason(source, into) in {"broken", "too_much_memory"}


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_picture_cut_short_is_refused(tmp_path: Path, into: Path, ending: str) -> None:
    whole = saved(scene(), tmp_path / f"a.{ending}").read_bytes()
    cut = written(whole[: len(whole) // 2], tmp_path / f"b.{ending}")
    assert reason(cut, into) in {"truncated", "broken"}


def test_a_jpeg_cut_short_is_called_so(tmp_path: Path, into: Path) -> None:
    whole = saved(scene(), tmp_path / "a.jpg").read_bytes()
    assert reason(written(whole[:-2000], tmp_path / "b.jpg"), into) == "truncated"


def test_random_damage_never_harms_the_parent(tmp_path: Path, into: Path) -> None:
    random = Random(7)
    for number, ending in enumerate(["jpg", "png", "webp"] * 3):
        content = bytearray(saved(scene(200, 150), tmp_path / f"a.{ending}").read_bytes())
        for _ in range(20):
            content[random.randrange(len(content))] = random.randrange(256)
        source = written(bytes(content), tmp_path / f"d{number}.{ending}")
        try:
            said = clean_picture(source, into=into).kind
        except BadPicture as refused:
            said = refused.reason
        assert said in {*REASONS, "jpeg", "png", "webp"}


@pytest.mark.parametrize("content", [b"", b"hello", b"GIF89a" + b"\0" * 100, b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_refused(tmp_path: Path, into: Path, content: bytes) -> None:
    assert reason(written(content, tmp_path / "a.jpg"), into) in {"not_a_picture", "broken"}


def archive() -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as packed:
        packed.writestr("run.txt", "hidden")
    return stored.getvalue()


@pytest.mark.parametrize(
    ("tail", "hidden"),
    [
        (archive(), "ZIP"), (b"<script >alert(1)</script>", "HTML"),
        (b"<?php system(1);", "HTML"), (b"\x7fELF\x02\x01\x01" + b"\0" * 99, "EXE"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_a_second_file_behind_a_picture_is_found(
    tmp_path: Path, into: Path, tail: bytes, hidden: str, ending: str
) -> None:
    content = saved(scene(), tmp_path / f"a.{ending}").read_bytes() + tail
    with pytest.raises(BadPicture) as refused:
        clean_picture(written(content, tmp_path / f"b.{ending}"), into=into)
    assert refused.value.facts == {"reason": "polyglot", "hidden": hidden}


def test_a_pdf_in_the_head_of_a_picture_is_found(tmp_path: Path, into: Path) -> None:
    source = saved(scene(), tmp_path / "a.jpg", comment=b"%PDF-1.7 trailer")
    assert reason(source, into) == "polyglot"


def test_the_film_behind_a_live_photo_is_dropped(tmp_path: Path, into: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + b"\x11" * 5000
    content = saved(scene(), tmp_path / "a.jpg").read_bytes() + film
    got = clean_picture(written(content, tmp_path / "b.jpg"), into=into)
    assert b"ftypmp42" not in got.clean.read_bytes()


def test_a_file_above_the_limit_is_not_even_opened(tmp_path: Path, into: Path) -> None:
    source = written(b"\xff\xd8" + b"\0" * 2_000_000, tmp_path / "a.jpg")
    assert reason(source, into, Limits(megabytes=1)) == "too_many_bytes"


def test_the_memory_of_the_child_is_bounded(tmp_path: Path, into: Path) -> None:
    source = saved(Image.new("RGB", (8000, 8000)), tmp_path / "a.png")
    assert reason(source, into, Limits(memory_mb=300)) == "too_much_memory"
    assert clean_picture(source, into=into).width == 8000


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path, into: Path) -> None:
    source = saved(scene(6000, 6000), tmp_path / "a.jpg")
    assert reason(source, into, Limits(wall_s=0)) == "too_slow"


def test_a_child_that_computes_too_long_is_ended(tmp_path: Path, into: Path) -> None:
    image = Image.effect_noise((5000, 5000), 90).convert("RGB")
    source = saved(image, tmp_path / "a.webp", method=0, quality=60)
    assert reason(source, into, Limits(cpu_s=1)) == "too_slow"


def test_copies_of_an_earlier_picture_do_not_stay(tmp_path: Path, into: Path) -> None:
    clean_picture(saved(scene(), tmp_path / "a.jpg"), into=into)
    clean_picture(saved(scene(), tmp_path / "b.png"), into=into)
    assert not (into / "clean.jpg").exists()


def test_every_reason_has_a_sentence_of_its_own() -> None:
    for each in REASONS:
        assert form_of("bad_picture", {"reason": each}) == f"bad_picture.{each}"


CONNECTING = """
import socket, sys
from wenming.base.darkroom.confine import confine, leave_network
leave_network()
confine(memory_mb=1500, cpu_s=5, file_mb=5)
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
except OSError as failed:
    print(type(failed).__name__)
else:
    print("connected")
"""


def may_leave_the_network() -> bool:
    """Whether the kernel lets a plain process make its own network, as most do."""
    if not (unshare := shutil.which("unshare")):
        return False
    asked = subprocess.run([unshare, "--user", "--net", "true"], check=False, capture_output=True)
    return asked.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the network is closed on Linux only")
def test_the_child_reaches_no_network() -> None:
    if not may_leave_the_network():
        pytest.skip("this kernel gives plain processes no network of their own")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        command = [sys.executable, "-c", CONNECTING, port]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.strip() == "OSError", said
