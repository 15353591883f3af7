import io

import pytest
from PIL import Image

from organizer.domain.contact import Contact
from organizer.domain.result import Refusal
from organizer.services import contacts, files, pictures


@pytest.fixture
def file(tmp_path):
    file = files.create(tmp_path / f"her{files.SUFFIX}")
    yield file
    file.close()


def test_a_picture_is_put_in_and_taken_out_each_as_one_deed(file, tmp_path):
    anna = contacts.add(file, Contact(first_name="Anna"))
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    (tmp_path / "anna.png").write_bytes(out.getvalue())
    pictures.set_of_person(file, anna, tmp_path / "anna.png")
    kept = pictures.of_person(file, anna)
    assert kept is not None
    assert kept.media == "image/jpeg"
    assert "picture of Anna" in files.deed_name(file.undo())
    assert pictures.of_person(file, anna) is None
    file.redo()
    assert pictures.of_person(file, anna) == kept
    pictures.set_of_person(file, anna, None)
    assert pictures.of_person(file, anna) is None
    file.undo()
    assert pictures.of_person(file, anna) == kept


def test_what_is_no_picture_changes_nothing(file, tmp_path):
    anna = contacts.add(file, Contact(first_name="Anna"))
    (tmp_path / "note.txt").write_text("hello")
    with pytest.raises(Refusal, match="not a picture"):
        pictures.set_of_person(file, anna, tmp_path / "note.txt")
    with pytest.raises(Refusal, match="not there"):
        pictures.set_of_person(file, anna + 1, None)
    assert pictures.of_person(file, anna) is None
    assert "contact" in files.undoable(file).kind
