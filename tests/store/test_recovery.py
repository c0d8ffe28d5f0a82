"""The recovery key on paper, and the superior's key: other ways to the data key."""

import random

import pytest

from mediator.domain.errors import Refusal
from mediator.store import keyfile, recovery, superior
from mediator.store.folder import Folder, open_folder, open_with, paper_slot, put
from mediator.store.keyfile import Kind

CHANCE = random.Random(160)


def test_a_key_is_written_and_read_back() -> None:
    for value in (0, 2**160 - 1, *(CHANCE.getrandbits(160) for _ in range(200))):
        assert recovery.read(recovery.written(value)) == value
    assert [len(group) for group in recovery.new().split("-")] == [4] * 8 + [2]
    assert recovery.new() != recovery.new()


def test_it_may_be_typed_as_people_type() -> None:
    written = recovery.written(CHANCE.getrandbits(160))
    wide = "".join(chr(ord(char) + 0xFEE0) for char in written)
    for typed in (written.lower(), written.replace("-", ""), f" {written.replace('-', '  ')}\n", wide):
        assert recovery.read(typed) == recovery.read(written)
    assert recovery.read(written.replace("0", "o").replace("1", "l")) == recovery.read(written)


def test_every_single_slip_is_found() -> None:
    written = recovery.written(CHANCE.getrandbits(160)).replace("-", "")
    for at, char in enumerate(written):
        for other in recovery.ALPHABET:
            if other != char:
                with pytest.raises(Refusal, match="输错"):
                    recovery.read(written[:at] + other + written[at + 1 :])


def test_every_two_that_changed_places_are_found() -> None:
    written = recovery.written(CHANCE.getrandbits(160)).replace("-", "")
    for one in range(recovery.LENGTH):
        for other in range(one + 1, recovery.LENGTH):
            if written[one] == written[other]:
                continue
            chars = list(written)
            chars[one], chars[other] = chars[other], chars[one]
            with pytest.raises(Refusal, match="输错"):
                recovery.read("".join(chars))


@pytest.mark.parametrize(
    "typed", ["", "7K3M", recovery.SAMPLE[:-1], recovery.SAMPLE + "0", "不知道" * 12, "!" * 34]
)
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="恢复密钥应有 8 组"):
        recovery.read(typed)


def test_the_paper_opens_the_folder_until_there_is_a_new_one(
    folder: Folder, key: bytes, password: str
) -> None:
    first, second = recovery.new(), recovery.new()
    for written in (first, second):
        put(folder, key, paper_slot(written, key))
        open_with(folder, Kind.RECOVERY, recovery.private(written)).dispose()
    with pytest.raises(keyfile.Wrong):
        open_with(folder, Kind.RECOVERY, recovery.private(first))
    open_folder(folder, "chen", password).dispose()
    assert first.encode() not in folder.keys.read_bytes()


def test_a_superior_opens_it_with_the_file_and_its_password(
    folder: Folder, key: bytes, password: str
) -> None:
    private, public = superior.new_pair("上级的一句长密码 9")
    put(folder, key, keyfile.seal(Kind.SUPERIOR, "滨江区司法局", superior.read_public(public), key))
    opened = superior.read_private(private, "上级的一句长密码 9")
    open_with(folder, Kind.SUPERIOR, opened).dispose()
    with pytest.raises(keyfile.Wrong):
        open_with(folder, Kind.RECOVERY, opened)
    for pem, words in ((private, "别的一句长密码 10"), (public, ""), (b"not a key", "x")):
        with pytest.raises(Refusal, match="恢复私钥打不开"):
            superior.read_private(pem, words)
    for pem in (private, b"", b"\x00" * 50):
        with pytest.raises(Refusal, match="不是上级恢复公钥"):
            superior.read_public(pem)
    open_folder(folder, "chen", password).dispose()
