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

# Findings come by process substitution: a pipe would run report() in a subshell, and its status would be lost.
report "Not formatted (clang-format -i FILE):" < <(sources | xargs clang-format --dry-run 2>&1 | grep -E 'warning:' | head -n 20)
report "No SPDX header:" < <(git ls-files -- 'src/*.h' 'src/*.cpp' 'ui/*.h' 'ui/*.cpp' 'tests/*.h' 'tests/*.cpp' '*CMakeLists.txt' \
    '*.cmake' '*.sh' dev .ci/run | xargs grep -L 'SPDX-License-Identifier')
report "Longer than 500 lines:" < <(sources | grep -E '^(src|ui)/' | xargs wc -l | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }')
report "Nested event loops and sender():" < <(sources | grep -E '^(src|ui)/' \
    | xargs grep -nE '(->|\.)exec\(\)|QEventLoop|processEvents|[^a-zA-Z]sender\(\)' | grep -vE 'query\.exec\(\)|app(lication)?\.exec\(\)')
report "Tests that sleep or can not fail:" < <(sources | xargs grep -nE 'QTest::q(Wait|Sleep)\(|EXPECT_TRUE\(true\)|QVERIFY\(true\)')
report "Left for later:" < <(sources | xargs grep -nwE 'T[O]DO|F[I]XME|X[X]X')
report "Download addresses:" < <(git grep -nIE 'https?://(registry|deb|security)\.|"resolved":' -- . ':!tests/lint.sh' | cut -c1-160)

if [ "${1:-}" = --deep ]; then
    cmake --preset clazy >/dev/null || exit 1
    report "clazy:" < <(CLAZY_CHECKS=level1,no-ctor-missing-parent-argument ninja -C build/clazy -k 0 2>&1 | grep -E '\[-Wclazy-' | sort -u)
fi
[ $status -eq 0 ] && echo "lint: nothing found"
exit $status
