#!/usr/bin/env python3
"""Compares what the modules declare and include with what docs/architecture.md allows.

    check_layering.py --root SOURCES --declared BUILD/modules.txt

The table is that of the section "Modules": first column the folder, third the own modules it may use. `A/*` means
every module below A; what a named module may use itself may be used as well. Link dependencies alone do not stop an
include when modules share an include root.

Prints one line for each break, as file:line: where it can; exit 1 if there is any.
"""
import argparse
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
GENERATED = (".moc", ".qrc.cpp")


def read_table(architecture):
    """{folder: [what its third column names]}, in the order of the table."""
    section = architecture.read_text(encoding="utf-8").split("## Modules", 1)[1].split("\n## ", 1)[0]
    table = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        folders = re.sub(r"\[.*", "", cells[0]).strip()
        if len(cells) != 3 or "/" not in folders and folders not in ("client", "admin"):
            continue
        names = [re.sub(r"[\[(].*", "", name).strip() for name in cells[2].split(",")]
        for folder in folders.split(","):
            table[folder.strip()] = [name for name in names if name and name != "–"]
    return table


def closure(start, edges):
    """Everything that can be reached, without the start itself unless there is a cycle."""
    seen, waiting = set(), list(edges.get(start, ()))
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen


def short(folder):
    return folder.rsplit("/", 1)[-1]


def resolve(name, folders):
    """The folder of a module's short name; the desktop program `client` is nobody's, so "client" is shared/client."""
    return next((folder for folder in folders if folder.endswith("/" + name)), name)


def expand(user, names, folders):
    for name in names:
        if name.endswith("/*"):
            yield from (folder for folder in folders if folder.startswith(name[:-1]) and folder != user)
        else:
            yield resolve(name, folders)


def read_declared(path):
    """{folder: [its DEPS]} as CMake wrote it."""
    declared = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        folder, colon, deps = line.partition(":")
        if colon:
            declared[folder.strip()] = deps.split()
    return declared


def includes(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".h", ".cpp"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if match := INCLUDE.match(line):
                    yield path, number, match.group(1)


def table_problems(allowed):
    for folder, names in allowed.items():
        for name in names:
            if name not in allowed:
                yield f"the table allows {folder} to use {name}, which it does not list"
        if folder in closure(folder, allowed):
            yield f"the table lets {folder} depend on itself"


def declared_problems(declared, allowed):
    for folder, deps in declared.items():
        if folder not in allowed:
            yield f"{folder}: not in the module table of docs/architecture.md"
            continue
        for dep in deps:
            if dep not in closure(folder, allowed):
                yield f"{folder}: DEPS names {short(dep)}, which the module table does not allow"


def include_problems(root, folder, usable, folders):
    inner = [root / other for other in folders if other.startswith(folder + "/")]
    for path, number, target in includes(root / folder):
        if any(module in path.parents for module in inner):
            continue  # a module of its own
        where = f"{path.relative_to(root)}:{number}"
        first, slash, _ = target.partition("/")
        other = resolve(first, folders)
        if not slash:
            if not target.endswith(GENERATED) and target != f"moc_{path.stem}.cpp":
                yield f'{where}: "{target}" should be written "module/file.h"'
        elif first != short(folder) and other not in usable:
            known = "may not use" if other in folders else "does not know"
            yield f'{where}: {folder} {known} {first}: "{target}"'


def problems(root, declared_path):
    table = read_table(root / "docs/architecture.md")
    allowed = {folder: list(expand(folder, names, table)) for folder, names in table.items()}
    declared = {
        folder: [resolve(name, table) for name in names] for folder, names in read_declared(declared_path).items()
    }
    yield from table_problems(allowed)
    yield from declared_problems(declared, allowed)
    for folder in table:
        # A program without a module of its own is held to the table alone.
        usable = closure(folder, declared if folder in declared else allowed)
        if (root / folder).is_dir():
            yield from include_problems(root, folder, usable, table)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--declared", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    found = list(problems(arguments.root, arguments.declared))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
