# The environment of the checkout; sourced by start and test. Every step is skipped when it has been done.
# shellcheck shell=bash
export DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*" >&2; }

# want PACKAGE... : install the Debian packages that are missing when root, else name them in one line.
want() {
    local missing=() package log
    for package in "$@"; do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] && return
    if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
        say "Thiếu gói hệ thống, hãy nhờ quản trị viên chạy: apt-get install ${missing[*]}"
        return
    fi
    say "Cài gói hệ thống: ${missing[*]}"
    apt-get update -qq </dev/null >/dev/null 2>&1 || say "apt-get không cập nhật được danh sách gói; dùng danh sách cũ."
    for package in "${missing[@]}"; do # one by one: a package that this release lacks keeps no other away
        log=$(apt-get install -y -qq --no-install-recommends "$package" </dev/null 2>&1 >/dev/null) ||
            say "Chưa cài được $package: ${log##*$'\n'}"
    done
}

# find_python : print the newest suitable interpreter's command; 3.11 is the oldest.
find_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    say "Cần Python 3.11 trở lên; trên Debian hoặc Ubuntu: apt-get install python3 python3-venv"
    return 1
}

# environment LOCK : make .venv hold exactly what the lock file names, and the archive itself.
environment() {
    local lock=$1 interpreter made=.venv/made-from
    # The development lock holds all of the other: an environment made from it serves both.
    if [[ -f $made ]] && { cmp -s "$made" <(sha256sum "$lock") || cmp -s "$made" <(sha256sum requirements-dev.lock); }; then
        return
    fi
    interpreter=$(find_python)
    if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then # none yet, or one whose making was cut short
        "$interpreter" -c 'import ensurepip, venv' 2>/dev/null || want "$("$interpreter" -c \
            'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")')"
        say "Tạo môi trường Python trong .venv"
        "$interpreter" -m venv --clear .venv
    fi
    say "Cài thư viện theo $lock (lần đầu mất vài phút)"
    # The lock names everything that is wanted, and leaves out what a package asks for in vain.
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
    sha256sum "$lock" >"$made"
}
