"""The kernels as machine code: compiled by numba once, kept as object files, loaded by llvmlite alone.

Importing numba costs most of a second, loading an object file 40 ms, so numba is imported only to compile. The object
file stands beside the sources (or in the user's cache where that is read-only); its name holds the sources' hash, the
compiler's version and the processor. The doors release the GIL, and each row is computed alone, so the results are
the same bits for any number of threads.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from pathlib import Path

import llvmlite.binding as llvm
import numpy as np

SOURCES = Path(__file__).parent / "kernels"
_N, _P = ctypes.c_ssize_t, ctypes.c_void_p
DOORS: dict[str, list[type]] = {
    "trains": [_N, _N, _N, _P, _P, _P, _N, _P, _P, _N, _P, _N, _N, _P, _P, _P, _P],
    "lanes": [_N, _N, _N, _P, _P, _P, _P, _P, _P],
    "ratios": [_N, _N, _N, _P, _P, _P, _P, _P, _P, _P, _P],
}


@cache
def doors() -> dict[str, Callable[..., None]]:
    """The compiled functions by name."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    objects = _objects()
    for _, code in objects.values():
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    found: dict[str, Callable[..., None]] = {}
    for name, (symbol, _) in objects.items():
        call = ctypes.CFUNCTYPE(None, *DOORS[name])(engine.get_function_address(symbol))
        call.engine = engine  # type: ignore[attr-defined]  # the code lives as long as its engine
        found[name] = call
    return found


def threads() -> int:
    """Processors that this process may use; DAJIAN_THREADS sets another number."""
    return int(os.environ.get("DAJIAN_THREADS") or len(os.sched_getaffinity(0)))


def spread(rows: int, deed: Callable[[int, int], None], *, chunk: int = 128) -> None:
    """deed(start, stop) over all rows, in chunks on all threads."""
    starts = range(0, rows, chunk)
    if len(starts) < 2 or threads() < 2:
        deed(0, rows)
        return
    with ThreadPoolExecutor(threads()) as pool:
        list(pool.map(lambda start: deed(start, min(start + chunk, rows)), starts))


def pointer(array: np.ndarray) -> int:
    """Address of a C-ordered array."""
    assert array.flags.c_contiguous
    return array.ctypes.data


def _objects() -> dict[str, tuple[str, bytes]]:
    name = f"kernels-{_key()}.pickle"
    places = (SOURCES / "__pycache__", Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dajian")
    for place in places:
        if (place / name).is_file():
            return pickle.loads((place / name).read_bytes())
    objects = _compile()
    for place in places:
        try:
            place.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=place)
            with os.fdopen(handle, "wb") as file:
                file.write(pickle.dumps(objects))
            Path(temporary).replace(place / name)
            break
        except OSError:  # read-only: the next place, at last only this process
            continue
    return objects


def _key() -> str:
    features = llvm.get_host_cpu_features().flatten()
    digest = hashlib.sha256(f"{llvm.get_host_cpu_name()} {features} {version('numba')}".encode())
    for file in sorted(SOURCES.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def _compile() -> dict[str, tuple[str, bytes]]:
    from dajian.engine.bridge.kernels import entry  # slow: imports numba and compiles

    built = {name: getattr(entry, name) for name in DOORS}
    return {name: (door._wrapper_name, door._library._get_compiled_object()) for name, door in built.items()}
