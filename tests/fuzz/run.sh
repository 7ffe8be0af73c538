#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh BUILD_DIR OUT_DIR [SECONDS [TARGET...]]: fuzzes each target for so many seconds (600), one on each processor
# (or FUZZ_JOBS of them at a time), and ends with a list of what was found. Findings are kept in
# OUT_DIR/<target>/findings; HACKING.md says what to do with them.
set -uo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
build=$1 out=$2 seconds=${3:-600}
shift $(($# < 3 ? $# : 3))
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(sse ndjson url error encode openai azure ollama anthropic gemini cohere files json gateway)

fuzz() { # TARGET
    mkdir -p "$out/$1/corpus" "$out/$1/findings"
    "$build/tests/fuzz/fuzz_$1" "$out/$1/corpus" "$here/corpus/$1" -dict="$here/json.dict" -max_total_time="$seconds" \
        -max_len=8192 -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$out/$1/findings/" -print_final_stats=1 \
        >"$out/$1/log" 2>&1
    echo $? >"$out/$1/status"
}

running=0
for target in "${targets[@]}"; do
    fuzz "$target" &
    running=$((running + 1))
    if [ "$running" -ge "${FUZZ_JOBS:-$(nproc)}" ]; then
        wait -n
        running=$((running - 1))
    fi
done
wait

status=0
for target in "${targets[@]}"; do
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$target/log")
    if [ "$(cat "$out/$target/status")" = 0 ]; then
        echo "$target: nothing found in ${runs:-?} runs"
    else
        echo "$target: FOUND $(ls "$out/$target/findings" | tr '\n' ' ')after ${runs:-?} runs, see $out/$target/log"
        status=1
    fi
done
exit $status
