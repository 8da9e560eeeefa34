#!/usr/bin/env python3
"""Runs clang-tidy over the project's .cpp files; a unit that passed before, with all that it includes, is skipped.

    run_tidy.py --build BUILD_DIR [--tool clang-tidy-16] [--jobs N] [pattern ...]

A unit is what the compiler takes at once: one file, or those of a module that are compiled together (BELFRY_UNITY), so
that the headers of Qt, which are most of the work, are walked once for all of them. It is known by a hash of its command, of the tool's and Qt's versions, of every configuration, of its text and of the
text of each project header that it reaches. The hashes of what passed stand in BUILD_DIR/tidy-passed.json. Patterns
choose files by a part of their path.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time

# Tests have a shorter list of checks; the rest is held to the .clang-tidy of its folder.
TESTS = ("tests/unit/", "tests/integration/", "tests/e2e/", "tests/gui/", "tests/support/")
TESTS_CONFIG = pathlib.Path(__file__).parent / "tests.clang-tidy"
GCC_ONLY = ("-Wno-subobject-linkage",)
INCLUDE = re.compile(rb'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Headers:
    """The text of files and what they include, each read once."""

    def __init__(self):
        self.hashes = {}
        self.names = {}

    def read(self, path):
        if path not in self.hashes:
            text = path.read_bytes() if path.is_file() else None
            self.hashes[path] = hashlib.sha256(text).hexdigest() if text is not None else None
            self.names[path] = [name.decode() for name in INCLUDE.findall(text or b"")]
        return self.hashes[path]

    def reached(self, source, folders):
        """`source` and all that it includes in quotes, found in its own folder or in `folders`."""
        seen, waiting = {}, [source]
        while waiting:
            path = waiting.pop()
            if path in seen or self.read(path) is None:
                continue
            seen[path] = self.hashes[path]
            waiting.extend(folder / name for name in self.names[path] for folder in [path.parent, *folders])
        return seen


def files_of(unit):
    """The file itself, or those that a unit of CMake's unity build includes."""
    if "/Unity/unity_" not in unit:
        return [unit]
    return [name.decode() for name in INCLUDE.findall(pathlib.Path(unit).read_bytes())]


def command_of(entry):
    """The compiler's command as clang takes it: without ccache, and without gcc's precompiled header."""
    words = entry["command"].split()
    words = words[1:] if os.path.basename(words[0]) == "ccache" else words
    kept = []
    for word in words:
        if word.endswith("cmake_pch.hxx"):
            kept.pop()  # its -include
        elif word != "-Winvalid-pch" and word not in GCC_ONLY:
            kept.append(word)
    return kept


def key_of(entry, surroundings, headers):
    words = command_of(entry)
    folders = [pathlib.Path(word[2:]) for word in words if word.startswith("-I")]
    digest = hashlib.sha256(surroundings)
    digest.update(" ".join(words).encode())
    for path, text in sorted(headers.reached(pathlib.Path(entry["file"]), folders).items()):
        digest.update(f"{path} {text}\n".encode())
    return digest.hexdigest()


def surroundings_of(tool, root):
    digest = hashlib.sha256(run(tool, "--version").encode())
    digest.update(run("pkg-config", "--modversion", "Qt6Core").encode())
    for name in sorted(run("git", "-C", str(root), "ls-files", "*.clang-tidy").splitlines()):
        digest.update((root / name).read_bytes())
    return digest.digest()


def check(tool, commands, path, in_tests):
    start = time.monotonic()
    command = [tool, "-p", commands, "--quiet", path]
    if in_tests:
        command.append(f"--config-file={TESTS_CONFIG}")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--tool", default="clang-tidy-16")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("patterns", nargs="*")
    arguments = parser.parse_args()

    root = pathlib.Path(run("git", "rev-parse", "--show-toplevel").strip())
    build = arguments.build.resolve()
    memory = build / "tidy-passed.json"
    passed = json.loads(memory.read_text()) if memory.is_file() else {}
    tracked = {str(root / name) for name in run("git", "-C", str(root), "ls-files", "*.cpp").splitlines()}
    surroundings, headers = surroundings_of(arguments.tool, root), Headers()

    units, waiting, database = {}, {}, []
    for entry in json.loads((build / "compile_commands.json").read_text()):
        name = entry["file"]
        database.append({**entry, "command": " ".join(command_of(entry))})
        files = [file for file in files_of(name) if file in tracked]
        wanted = not arguments.patterns or any(pattern in file for pattern in arguments.patterns for file in files)
        if files:
            units[name] = [os.path.relpath(file, root) for file in files]
        if files and wanted:
            key = key_of(entry, surroundings, headers)
            if passed.get(name) != key:
                waiting[name] = key

    commands = build / "tidy"
    commands.mkdir(exist_ok=True)
    (commands / "compile_commands.json").write_text(json.dumps(database))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        tasks = {
            pool.submit(check, arguments.tool, str(commands), name, units[name][0].startswith(TESTS)): name
            for name in waiting
        }
        for task in concurrent.futures.as_completed(tasks):
            name = tasks[task]
            good, output, seconds = task.result()
            print(f"{'ok  ' if good else 'FAIL'} {seconds:5.1f} s  {' '.join(units[name])}", flush=True)
            if good:
                passed[name] = waiting[name]
                memory.write_text(json.dumps({file: key for file, key in passed.items() if file in units}))
            else:
                failed += 1
                print(output, flush=True)
    print(f"clang-tidy: {len(waiting)} units looked at, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
