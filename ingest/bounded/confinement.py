"""What the reading process gives up for good: memory and files without end, the network, root, all but a few processes.

The kernel holds it, and every program that it starts, to this; Linux on x86-64 and ARM64. Nothing here needs privilege.
"""

import ctypes
import errno
import os
import platform
import resource
import socket
import struct
from collections.abc import Callable
from pathlib import Path

from ingest.bounded.limits import Limits

_FILE_MOST = 1 << 28  # bytes of one file that is written: what a converter makes, and standard error
_OPEN_FILES_MOST = 64

_UIDS = range(65_000, 65_534)  # nobody's, by Debian's policy (9.2.2)
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1 << 1, 1 << 2
_CAPABILITY_VERSION = 0x20080522
_CLONE_NEWUSER = 0x10000000
_PR_SET_KEEPCAPS, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 8, 38, 22
_SECCOMP_MODE_FILTER = 2

# A filter is a program of <linux/bpf_common.h> over `struct seccomp_data`: the call, the machine, the arguments.
_LOAD, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_CALL, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in bytes
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_X32 = 0x40000000  # calls of another kind on x86-64, under other numbers
# Machine → how the kernel names it, and its numbers of socket; of connect, io_uring_setup, setpgid and setsid.
_MACHINES = {
    "x86_64": (0xC000003E, 41, (42, 425, 109, 112)),
    "aarch64": (0xC00000B7, 198, (203, 425, 154, 157)),
}

_libc = ctypes.CDLL(None, use_errno=True)


def confine(limits: Limits) -> tuple[str, ...]:
    """Confine this process, which has one thread, and what it will start; return the bounds that could not be set."""
    _bound_each_program(limits)
    bounds: dict[str, Callable[[], None]] = {
        "a bound on processes": lambda: _bound_processes(limits.processes),
        "a ban on the network": _refuse_calls,
    }
    return tuple(f"{name} ({error})" for name, bound in bounds.items() if (error := _failure(bound)))


def _failure(bound: Callable[[], None]) -> OSError | None:
    try:
        bound()
    except OSError as error:
        return error
    return None


def _bound_each_program(limits: Limits) -> None:
    # The programs that it starts inherit these bounds, each with its own count.
    memory = limits.memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_MOST, _FILE_MOST))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES_MOST, _OPEN_FILES_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _bound_processes(most: int) -> None:
    # The kernel counts the processes of a user, and root's not at all.
    if os.geteuid() == 0:
        _leave_root()
    else:
        _system("unshare", _CLONE_NEWUSER)  # in which the user's other processes do not count (Linux 5.14)
    resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def _leave_root() -> None:
    """Become a user that owns nothing but the folder for temporary files, and may read what root may."""
    held = _permitted_capabilities()
    kept = held & _CAP_DAC_READ_SEARCH or held & _CAP_DAC_OVERRIDE  # a container's root may have but the second
    if not kept:
        raise PermissionError(errno.EPERM, "root may not read everyone's files here")
    user = _UIDS[os.getpid() % len(_UIDS)]
    os.chown(os.environ["TMPDIR"], user, user)
    _system("prctl", _PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION, 0))
    sets = ctypes.create_string_buffer(struct.pack("6I", kept, kept, 0, 0, 0, 0))
    _system("capset", ctypes.addressof(header), ctypes.addressof(sets))


def _permitted_capabilities() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("CapPrm:")).split()[1], 16)


def _refuse_calls() -> None:
    """Have the kernel refuse sockets but local ones, which LibreOffice makes to itself, and calls to anyone else's.

    Nor may anything leave the process group, with which it ends.
    """
    if platform.machine() not in _MACHINES:
        raise OSError(errno.ENOSYS, f"unknown machine {platform.machine()}")
    program = b"".join(struct.pack("HBBI", *step) for step in _filter(*_MACHINES[platform.machine()]))
    steps = ctypes.create_string_buffer(program)
    filter_ = ctypes.create_string_buffer(struct.pack("H6xP", len(program) // 8, ctypes.addressof(steps)))
    _system("prctl", _PR_SET_NO_NEW_PRIVS, 1)
    _system("prctl", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.addressof(filter_))


def _filter(machine: int, open_socket: int, refused: tuple[int, ...]) -> list[tuple[int, int, int, int]]:
    """Return the steps: operation, how many steps to skip when it holds and when not, operand. The last two answer."""
    tests = [(_AT_LEAST, _X32), *((_EQUALS, call) for call in refused)]
    end = len(tests) + 3  # steps from the first test to the refusal
    return [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUALS, 0, end + 1, machine),
        (_LOAD, 0, 0, _CALL),
        *((operation, end - at - 1, 0, operand) for at, (operation, operand) in enumerate(tests)),
        (_EQUALS, 0, 3, open_socket),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUALS, 1, 0, socket.AF_UNIX),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]


def _system(name: str, *arguments: int) -> None:
    """Call a function of the C library that returns zero. Raises OSError when it does not."""
    if getattr(_libc, name)(*map(ctypes.c_ulong, (*arguments, *[0] * (5 - len(arguments))))):
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
