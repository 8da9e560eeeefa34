#!/usr/bin/env python3
"""The layering check must find each kind of break: every test builds a small tree and breaks one thing in it."""
import pathlib
import tempfile
import unittest

import check_layering

TABLE = """# Architecture

## Modules
Words before the table.

| module | what | own modules it may use |
|---|---|---|
| shared/model [tl::expected] | values | – (Qt Core) |
| shared/protocol | codecs | model |
| server/ports | interfaces | model |
| server/store [Qt Sql, sqlite3] | adapters | ports |
| server/net [Network] | sockets | – |
| server/app [toml++] | wiring | shared/*, server/* |
| tests/bench | load | protocol |
| client/rows | view models | model |
| client [Quick / Widgets] | the program | client/* |

## After
| server/ghost | not of this section | model |
"""

DECLARED = {
    "shared/model": "",
    "shared/protocol": "model",
    "server/ports": "model",
    "server/store": "ports",
    "server/net": "",
}


class Layering(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.table = TABLE
        self.declared = dict(DECLARED)
        self.file("server/store/rows.h", '#pragma once\n#include "ports/store.h"\n#include <QList>\n')
        self.file("server/store/rows.cpp", '#include "store/rows.h"\n\n#include "model/uuid.h"\n#include "rows.moc"\n')

    def file(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def found(self):
        self.file("docs/architecture.md", self.table)
        self.file("modules.txt", "".join(f"{folder}: {deps}\n" for folder, deps in self.declared.items()))
        return list(check_layering.problems(self.root, self.root / "modules.txt"))

    def assert_one(self, *words):
        found = self.found()
        self.assertEqual(len(found), 1, found)
        for word in words:
            self.assertIn(word, found[0])

    def test_a_clean_tree_has_no_problem(self):
        self.assertEqual(self.found(), [])

    def test_an_include_that_is_not_declared(self):
        self.file("server/store/sub/deep.cpp", 'int a;\n  #  include "net/server.h"\n')
        self.assert_one("server/store/sub/deep.cpp:2", "may not use net")

    def test_an_include_that_is_allowed_but_not_declared(self):
        self.declared["server/store"] = ""
        self.file("server/store/rows.cpp", '#include "store/rows.h"\n')
        self.assert_one("server/store/rows.h:2", "may not use ports")

    def test_an_include_of_an_upper_module(self):
        self.file("shared/model/uuid.h", '#include "protocol/frame.h"\n')
        self.assert_one("shared/model/uuid.h:1", "may not use protocol")

    def test_an_include_of_something_unknown(self):
        self.file("server/net/server.h", '#include "elsewhere/x.h"\n')
        self.assert_one("does not know elsewhere")

    def test_what_moc_writes_of_a_class_stands_in_its_own_file(self):
        self.file("server/net/server.cpp", '#include "net/server.h"\n#include "moc_server.cpp"\n')
        self.assertEqual(self.found(), [])
        self.file("server/net/listener.cpp", '#include "moc_server.cpp"\n')
        self.assert_one('should be written "module/file.h"')

    def test_an_include_without_its_module(self):
        self.file("server/net/server.cpp", '#include "server.h"\n')
        self.assert_one('should be written "module/file.h"')

    def test_a_declared_dependency_that_the_table_forbids(self):
        self.declared["server/ports"] = "model net"
        self.assert_one("server/ports", "DEPS names net")

    def test_what_a_dependency_may_use_may_be_declared_as_well(self):
        self.declared["server/store"] = "ports model"
        self.assertEqual(self.found(), [])

    def test_a_module_that_the_table_does_not_know(self):
        self.declared["server/ghost"] = ""
        self.assert_one("server/ghost", "not in the module table")

    def test_a_star_names_every_module_below(self):
        self.file("server/app/main.cpp", '#include "protocol/frame.h"\n#include "store/rows.h"\n#include "bench/x.h"\n')
        self.assert_one("server/app/main.cpp:3", "may not use bench")

    def test_a_program_without_a_module_is_held_to_the_table(self):
        self.file("tests/bench/main.cpp", '#include "protocol/frame.h"\n#include "model/uuid.h"\n#include "ports/store.h"\n')
        self.assert_one("tests/bench/main.cpp:3", "may not use ports")

    def test_a_program_above_its_own_modules(self):
        self.file("client/main.cpp", '#include "rows/list.h"\n#include "model/uuid.h"\n#include "net/server.h"\n')
        self.assert_one("client/main.cpp:3", "client may not use net")

    def test_a_module_in_the_folder_of_a_program_is_held_to_its_own_row(self):
        self.file("client/rows/list.h", '#include "net/server.h"\n')
        self.assert_one("client/rows/list.h:1", "client/rows may not use net")

    def test_a_cycle_in_the_table(self):
        self.table = TABLE.replace("– (Qt Core)", "protocol")
        self.assertTrue(any("model depend on itself" in line for line in self.found()))

    def test_a_name_that_the_table_does_not_list(self):
        self.table = TABLE.replace("| load | protocol |", "| load | protocols |")
        self.assert_one("bench", "protocols")


if __name__ == "__main__":
    unittest.main()
