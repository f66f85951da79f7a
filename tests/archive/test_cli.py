"""The command line: what each command does, says, and answers as its exit status."""

import json
import os
import pty
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest
from click.testing import CliRunner, Result

from archive import accounts
from archive.cli import main
from archive.instance import open_instance
from archive.workflow import Role

PASSWORD = "Hoa-ban-trang-2026"
PLAN = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: {serial}/KH-UBND
Sông Lam, ngày 18 tháng 8 năm 2025

KẾ HOẠCH
Chuyển đổi số đợt {serial}

Căn cứ Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị;
"""

Archive = Callable[..., Result]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Run a command on an instance of the test's own, without a terminal."""

    def run(*args: str | Path, **environment: str) -> Result:
        return CliRunner(env=environment).invoke(main, ["--instance", str(tmp_path / "kho"), *map(str, args)])

    return run


@pytest.fixture
def kho(archive: Archive, tmp_path: Path) -> Path:
    """The folder of an instance that `archive init` has made."""
    assert archive("init", ARCHIVE_ADMIN_PASSWORD=PASSWORD).exit_code == 0
    return tmp_path / "kho"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with two plans, one below the other, and what is not to be taken in."""
    folder = tmp_path / "văn bản"
    (folder / "năm 2025").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "b.txt").write_text(PLAN.format(serial=2))
    (folder / "năm 2025" / "a.txt").write_text(PLAN.format(serial=1))
    (folder / ".hidden").write_text("ẩn")
    (folder / ".git" / "c.txt").write_text("ẩn")
    return folder


def _signs_in(kho: Path, name: str, password: str) -> Role | None:
    with open_instance(kho) as instance, instance.catalogue.session() as session:
        viewer = accounts.verify_password(session, name, password)
        return viewer.role if viewer else None


def test_init_takes_the_password_of_the_environment(kho: Path) -> None:
    """The first manager signs in with the password that the environment gave."""
    assert _signs_in(kho, "admin", PASSWORD) is Role.MANAGER


def test_init_without_anyone_to_ask_prints_a_password_once(archive: Archive, tmp_path: Path) -> None:
    """Where there is no terminal a password is drawn, printed, and holds."""
    made = archive("init")
    assert made.exit_code == 0
    (printed,) = [line for line in made.stdout.splitlines() if "Mật khẩu" in line]
    assert _signs_in(tmp_path / "kho", "admin", printed.rpartition(": ")[2]) is Role.MANAGER


def test_init_asks_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal the password is asked for twice, and not shown."""
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "archive", "--instance", str(tmp_path / "kho"), "init"]
    environment = {name: value for name, value in os.environ.items() if name != "ARCHIVE_ADMIN_PASSWORD"}
    streams = {"stdin": theirs, "stdout": PIPE, "stderr": theirs}
    with Popen(command, **streams, start_new_session=True, env=environment) as process:  # noqa: S603 - our own
        os.close(theirs)
        shown = b""
        for question in ("Mật khẩu: ", "Nhập lại mật khẩu: "):
            while question.encode() not in shown:
                shown += os.read(terminal, 1000)
            os.write(terminal, f"{PASSWORD}\n".encode())
        said = process.communicate()[0].decode()
    os.close(terminal)
    assert process.returncode == 0
    assert PASSWORD not in said + shown.decode()
    assert _signs_in(tmp_path / "kho", "admin", PASSWORD) is Role.MANAGER


def test_init_twice_is_refused(archive: Archive, kho: Path) -> None:
    """A second init leaves the instance alone and says so in one line."""
    again = archive("init", ARCHIVE_ADMIN_PASSWORD="another-one-2026")
    assert again.exit_code == 1
    assert again.stdout == ""
    assert "đã có kho" in again.stderr
    assert again.stderr.count("\n") == 1
    assert _signs_in(kho, "admin", PASSWORD) is Role.MANAGER


@pytest.mark.parametrize("command", [["search", "x"], ["check"], ["reindex"], ["user", "token", "lan"], ["serve"]])
def test_without_an_instance_the_remedy_is_named(archive: Archive, command: list[str]) -> None:
    """Every other command says in one line how to make an instance."""
    missing = archive(*command)
    assert missing.exit_code == 1
    assert missing.stderr.count("\n") == 1
    assert "archive init" in missing.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["frobnicate"], "Không có lệnh 'frobnicate'."),
        (["serch"], "Có phải là: 'search'"),
        (["--frobnicate"], "Không có tùy chọn '--frobnicate'."),
        (["search"], "Thiếu tham số 'QUERY'."),
        (["search", "a", "b"], "Thừa tham số: b"),
        (["search", "a", "--limit"], "Tùy chọn '--limit' thiếu giá trị."),
        (["search", "a", "--limit=x"], "Giá trị của '--limit' không dùng được: 'x' không phải là số."),
        (["search", "x", "--limit=0"], "Giá trị của '--limit' không dùng được: 0 nằm ngoài khoảng"),
        (["ingest"], "Thiếu tham số 'PATH...'."),
        (["ingest", "/nowhere"], "không có '/nowhere'."),
        (["user", "add", "lan"], "Thiếu tùy chọn '--role'."),
        (["user", "add", "lan", "--role=x"], "'x' không thuộc các giá trị 'reader', 'contributor'"),
    ],
)
def test_wrong_usage(archive: Archive, kho: Path, args: list[str], said: str) -> None:
    """Wrong usage has an exit status of its own, and is said in Vietnamese."""
    result = archive(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.startswith(("Cách dùng: ", "Lỗi: "))


def test_ingest_takes_in_folders_and_tells_how_many(archive: Archive, kho: Path, papers: Path) -> None:
    """Folders are taken in whole but for hidden files, and the second time their files are held already."""
    first = archive("ingest", papers)
    assert first.exit_code == 0
    assert first.stdout == "2 đã tiếp nhận, 0 đã có sẵn, 0 lỗi\n"
    assert archive("ingest", papers / "b.txt", papers).stdout == "0 đã tiếp nhận, 3 đã có sẵn, 0 lỗi\n"


def test_ingest_names_what_failed(archive: Archive, kho: Path, papers: Path) -> None:
    """A file that cannot be read is named with its reason, fails the command, and harms no other."""
    (papers / "a.pdf").write_bytes(b"")
    failed = archive("ingest", papers)
    assert failed.exit_code == 1
    assert failed.stdout == "2 đã tiếp nhận, 0 đã có sẵn, 1 lỗi\n"
    assert f"{papers / 'a.pdf'}: " in failed.stderr
    assert "Traceback" not in failed.output


def test_ingest_names_a_trusted_certificate_that_cannot_be_read(archive: Archive, kho: Path, papers: Path) -> None:
    """What is no certificate in the folder of trusted ones is named, and fails no file."""
    (kho / "trust" / "goc.pem").write_text("không phải chứng thư")
    taken = archive("ingest", papers)
    assert (taken.exit_code, taken.stdout) == (0, "2 đã tiếp nhận, 0 đã có sẵn, 0 lỗi\n")
    assert "Tệp goc.pem trong thư mục chứng thư tin cậy không đọc được" in taken.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read any file")
def test_ingest_goes_on_past_a_file_it_may_not_open(archive: Archive, kho: Path, papers: Path) -> None:
    """A file without permission is named, and the others are taken in."""
    (papers / "b.txt").chmod(0)
    failed = archive("ingest", papers)
    assert failed.exit_code == 1
    assert failed.stdout == "1 đã tiếp nhận, 0 đã có sẵn, 1 lỗi\n"
    assert "b.txt: không mở được" in failed.stderr


def test_search_prints_the_contracts_json(archive: Archive, kho: Path, papers: Path) -> None:
    """What is found is printed as the contract says, and nothing else."""
    archive("ingest", papers)
    found = archive("search", "chuyen doi so", "--json", "--limit", "1")
    assert found.exit_code == 0
    answer = json.loads(found.stdout)
    assert answer["total"] == 2
    (hit,) = answer["hits"]
    assert hit.keys() >= {"id", "number", "kind", "issuer", "issued_on", "subject", "score", "snippet"}
    assert hit["issued_on"] == "2025-08-18"
    assert answer["facets"].keys() >= {"kind", "issuer", "year", "signer"}


def test_search_prints_what_people_read(archive: Archive, kho: Path, papers: Path) -> None:
    """Without --json each document is told in a few lines, and then how many there are."""
    archive("ingest", papers)
    lines = archive("search", "chuyển đổi số").stdout.splitlines()
    assert any("1/KH-UBND · Kế hoạch · 18/08/2025" in line for line in lines)
    assert lines[-1] == "2 văn bản"


def test_check_tells_differences_and_reindex_mends_the_index(archive: Archive, kho: Path, papers: Path) -> None:
    """A whole archive passes; a changed file and a lost index are named, and the index comes back."""
    archive("ingest", papers)
    assert archive("check").exit_code == 0
    assert json.loads(archive("check", "--json").stdout) == {"ok": True, "differences": []}
    (kho / "index" / "index.json").unlink()
    assert archive("check").exit_code == 1
    assert archive("reindex").stdout == "2 văn bản trong chỉ mục\n"
    assert archive("check").exit_code == 0
    with open_instance(kho) as instance:
        kept = instance.store.path(next(instance.store.digests()))
    kept.chmod(0o644)
    kept.write_text("khác")
    damaged = archive("check", "--json")
    assert damaged.exit_code == 1
    (difference,) = json.loads(damaged.stdout)["differences"]
    assert kept.name in difference["message"]
    assert damaged.stderr == "Lỗi: Có 1 chỗ không khớp.\n"


def test_check_tells_what_the_reading_of_files_is_not_kept_from(kho: Path) -> None:
    """On a machine whose calls are not known the network is not banned: that is said, and is no difference."""
    setarch = shutil.which("setarch")
    if setarch is None:
        pytest.skip("no setarch on this machine: apt-get install util-linux")
    command = [setarch, "linux32", sys.executable, "-m", "archive", "--instance", str(kho), "check"]
    checked = run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert "không đặt được mọi giới hạn" in checked.stdout
    assert "a ban on the network" in checked.stdout


def test_backup_and_restore(archive: Archive, kho: Path, papers: Path, tmp_path: Path) -> None:
    """One file holds the archive, which answers the same when restored; nothing is overwritten, a fault is one line."""
    archive("ingest", papers)
    file = tmp_path / "sao lưu.tar"
    made = archive("backup", file)
    assert made.exit_code == 0
    assert str(file) in made.stdout
    before = archive("search", "chuyen doi so", "--json").stdout
    assert archive("backup", file).exit_code == 1
    assert archive("restore", file).exit_code == 1
    kho.rename(tmp_path / "kho cũ")
    file.write_bytes(file.read_bytes()[:-20_000])
    damaged = archive("restore", file)
    assert damaged.exit_code == 1
    assert damaged.stderr.splitlines()[-1].startswith("Lỗi: Không phục hồi từ")
    assert not kho.exists()
    file.unlink()
    (tmp_path / "kho cũ").rename(kho)
    archive("backup", file)
    kho.rename(tmp_path / "kho cũ")
    assert archive("restore", file).exit_code == 0
    assert archive("search", "chuyen doi so", "--json").stdout == before
    assert archive("check").exit_code == 0


def test_user_add_and_token(archive: Archive, kho: Path) -> None:
    """An account is added with its role, and its token, alone on standard output, is its."""
    added = archive("user", "add", "lan", "--role", "editor", ARCHIVE_USER_PASSWORD=PASSWORD)
    assert added.exit_code == 0
    assert _signs_in(kho, "lan", PASSWORD) is Role.EDITOR
    token = archive("user", "token", "lan").stdout.strip()
    with open_instance(kho) as instance, instance.catalogue.reading() as session:
        viewer = accounts.viewer_of_token(session, token)
    assert viewer is not None
    assert (viewer.name, viewer.role) == ("lan", Role.EDITOR)
    assert archive("user", "add", "lan", "--role", "editor").exit_code == 1
    assert archive("user", "token", "minh").exit_code == 1


def test_user_close_and_reopen(archive: Archive, kho: Path) -> None:
    """A closed account does not sign in until it is opened again; the last manager is not closed."""
    archive("user", "add", "lan", "--role", "manager", ARCHIVE_USER_PASSWORD=PASSWORD)
    assert archive("user", "close", "lan").exit_code == 0
    assert _signs_in(kho, "lan", PASSWORD) is None
    assert archive("user", "close", "admin").exit_code == 1
    assert archive("user", "reopen", "lan").exit_code == 0
    assert _signs_in(kho, "lan", PASSWORD) is Role.MANAGER
    assert archive("user", "close", "minh").exit_code == 1


def test_user_password_and_revoke(archive: Archive, kho: Path) -> None:
    """A forgotten password is replaced, a token that got out is ended; an account that is not there is said so."""
    token = archive("user", "token", "admin").stdout.strip()
    changed = archive("user", "password", "admin", ARCHIVE_USER_PASSWORD="mot mat khau khac")
    assert changed.exit_code == 0
    assert _signs_in(kho, "admin", PASSWORD) is None
    assert _signs_in(kho, "admin", "mot mat khau khac") is Role.MANAGER
    assert archive("user", "revoke", "admin").stdout == "Đã thu hồi 1 mã truy cập của admin.\n"
    with open_instance(kho) as instance, instance.catalogue.reading() as session:
        assert accounts.viewer_of_token(session, token) is None
    assert archive("user", "password", "minh").exit_code == 1
    assert archive("user", "revoke", "minh").exit_code == 1


def test_a_traceback_only_when_asked_for(archive: Archive, kho: Path) -> None:
    """An error nobody foresaw is one line; --verbose shows all of it."""
    (kho / "secret_key").unlink()
    broken = archive("check")
    assert broken.exit_code == 1
    assert broken.stderr.count("\n") == 1
    assert "--verbose" in broken.stderr
    assert isinstance(archive("--verbose", "check").exception, FileNotFoundError)
