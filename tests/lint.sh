#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# The house rules that a machine can check. Exit 1 on any finding.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
status=0

report() { # TITLE; findings on standard input
    local findings
    findings=$(cat)
    [ -z "$findings" ] && return
    printf '%s\n%s\n\n' "$1" "$findings"
    status=1
}

sources() { git ls-files -- 'src/*.h' 'src/*.cpp' 'ui/*.h' 'ui/*.cpp' 'tests/*.h' 'tests/*.cpp'; }

sources | xargs clang-format --dry-run 2>&1 | grep -E 'warning:' | head -n 20 | report "Not formatted (clang-format -i FILE):"
git ls-files -- 'src/*.h' 'src/*.cpp' 'ui/*.h' 'ui/*.cpp' 'tests/*.h' 'tests/*.cpp' '*CMakeLists.txt' '*.cmake' '*.sh' dev .ci/run \
    | xargs grep -L 'SPDX-License-Identifier' | report "No SPDX header:"
sources | grep -E '^(src|ui)/' | xargs wc -l | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }' | report "Longer than 500 lines:"
sources | grep -E '^(src|ui)/' | xargs grep -nE '(->|\.)exec\(\)|QEventLoop|processEvents|[^a-zA-Z]sender\(\)' \
    | grep -vE 'query\.exec\(\)|app(lication)?\.exec\(\)|Application::exec\(\)' | report "Nested event loops and sender():"
sources | xargs grep -nE 'QTest::q(Wait|Sleep)\(|EXPECT_TRUE\(true\)|QVERIFY\(true\)' | report "Tests that sleep or can not fail:"
sources | xargs grep -nE 'T[O]DO|F[I]XME|X[X]X|H[A]CK[^I]' | report "Left for later:"
git grep -nIE 'https?://(registry|deb|security)\.|"resolved":' -- . ':!tests/lint.sh' | cut -c1-160 | report "Download addresses:"

if [ "${1:-}" = --deep ]; then
    cmake --preset clazy >/dev/null && CLAZY_CHECKS=level1,no-ctor-missing-parent-argument ninja -C build/clazy 2>&1 \
        | grep -E 'clazy-' | sort -u | report "clazy:"
fi
[ $status -eq 0 ] && echo "lint: nothing found"
exit $status
