#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# manual.sh CLI PAGE: fails when a command or an option of the program is not in its manual page.
set -uo pipefail
cli=$1 page=$2
known=$(tr -d '\\' <"$page")
status=0
commands=$("$cli" --help | sed -n 's/^  \([a-z]\{3,\}\) .*/\1/p')
[ -n "$commands" ] || { echo "no commands in --help"; exit 1; }
for command in $commands; do
    grep -qE "^\.B $command( |$)" <<<"$known" || { echo "$page: no command $command"; status=1; }
    for option in $("$cli" "$command" --help | grep -oE '(^|[ ,])--[a-z0-9-]+' | tr -d ' ,' | sort -u); do
        grep -qE -- "(^|[ \"])$option([ \"]|$)" <<<"$known" || { echo "$page: no option $option of $command"; status=1; }
    done
done
exit $status
