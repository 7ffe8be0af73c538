#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# run.sh BUILD_DIR OUT_DIR: measures the figures, writes JSON to OUT_DIR and prints a table. A missed figure is said in
# the table and is no failure.
set -uo pipefail
build=$1
out=$2
mkdir -p "$out"
export QT_QPA_PLATFORM=offscreen

value() { # PROGRAM BENCHMARK COUNTER [AGGREGATE]: a number of Google Benchmark's JSON; nothing when it is not there
    [ -f "$out/$1.json" ] || return 0
    awk -v run="\"$2" -v counter="\"$3\":" -v wanted="\"${4:-median}\"," '
        $1 == "\"run_name\":" { here = index($2, run) == 1; aggregate = "" }
        $1 == "\"aggregate_name\":" { aggregate = $2 }
        $1 == counter && here && (aggregate == wanted) { sub(",", "", $2); print $2 + 0; exit }' "$out/$1.json"
}

row() { # FIGURE MEASURED UNIT LIMIT [NOTE]: the aim is to stay below the limit
    if [ -z "$2" ]; then
        printf '| %s | not measured | < %s %s | – |\n' "$1" "$4" "$3"
        return
    fi
    awk -v name="$1" -v measured="$2" -v unit="$3" -v limit="$4" -v note="${5:-}" 'BEGIN {
        printf "| %s | %.3g %s%s | < %s %s | %s |\n", name, measured, unit, note, limit, unit,
            measured + 0 < limit + 0 ? "yes" : "missed" }'
}

more() { # the same, and the aim is to come above the limit
    awk -v name="$1" -v measured="$2" -v unit="$3" -v limit="$4" -v note="${5:-}" 'BEGIN {
        if (measured == "" || measured == "null") { printf "| %s | not measured | ≥ %s %s | – |\n", name, limit, unit; exit }
        printf "| %s | %.3g %s%s | ≥ %s %s | %s |\n", name, measured, unit, note, limit, unit,
            measured + 0 >= limit + 0 ? "yes" : "missed" }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'; }

start() { # one start of the application: "first paint in ms, resident memory in MB", where known
    local data trace pid seconds=$1
    data=$(mktemp -d)
    trace=$data/trace
    DIPTYCH_TRACE_START=1 "$build/bin/diptych" --data "$data/data" 2>"$trace" &
    pid=$!
    sleep "$seconds"
    echo "$(sed -n 's/^first paint: \([0-9.]*\) ms.*/\1/p' "$trace" | head -n 1)," \
        "$(awk '$1 == "Rss:" { print $2 / 1024 }' "/proc/$pid/smaps_rollup" 2>/dev/null)"
    kill -TERM "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    rm -rf "$data"
}

for program in bench_diff bench_encode bench_stream bench_transcript bench_chat bench_sessions; do
    rm -f "$out/$program.json"
    if [ -x "$build/tests/bench/$program" ]; then
        echo "   $program …" >&2
        "$build/tests/bench/$program" --benchmark_out="$out/$program.json" --benchmark_out_format=json >"$out/$program.log" 2>&1
    fi
done

gateway() { sed -n "s/.*\"$1\": \"\{0,1\}\([-0-9.a-z]*\).*/\1/p" "$out/gateway.json" 2>/dev/null; }
rm -f "$out/gateway.json"
echo "   gateway, and a peer's from npm …" >&2
"$(dirname "$0")/gateway.sh" "$build" "$out" 2>"$out/gateway.log"

echo "   built-in models …" >&2
cost=$build/tests/bench/bench_builtincost
unused=$(for _ in 1 2 3 4 5; do "$cost" unused; done | sed -n 's/.*: \([0-9.]*\)}/\1/p' | median)
slowest='' slowest_model=''
for model in guide guide-reasoning babbler-3 babbler-5 wordmap-64 wordmap-256 palette; do
    first=$(for _ in 1 2 3 4 5; do "$cost" "$model"; done | sed -n 's/.*: \([0-9.]*\)}/\1/p' | median)
    if [ -n "$first" ] && { [ -z "$slowest" ] || awk -v a="$first" -v b="$slowest" 'BEGIN { exit !(a > b) }'; }; then
        slowest=$first slowest_model=$model
    fi
done
printf '{ "unused_mib": %s, "slowest_first_ms": %s, "slowest": "%s" }\n' "${unused:-null}" "${slowest:-null}" "$slowest_model" >"$out/builtin.json"

paint='' memory=''
if [ -x "$build/bin/diptych" ]; then
    echo "   start of the application …" >&2
    start 2 >/dev/null
    paint=$(for _ in 1 2 3 4 5 6 7; do start 1.5; done | cut -d, -f1 | grep -E '^[0-9]' | median)
    memory=$(start 4 | cut -d, -f2 | tr -d ' ')
    printf '{ "first_paint_ms": %s, "resident_mib": %s }\n' "${paint:-null}" "${memory:-null}" >"$out/start.json"
fi

{
    echo '| figure | measured | aim | met |'
    echo '|---|---|---|---|'
    # The peers' figures are those of a reference run: official Azure SDK 5.1, barest fetch and parser 2.1.
    row '200,000 chat chunks, CPU per event' "$(value bench_stream streamChunks/events:200000/per_write:256 cpu_us_per_event)" µs 2.1
    row 'the same, one write per event' "$(value bench_stream streamChunks/events:200000/per_write:1/ cpu_us_per_event)" µs 2.4
    row 'the same, memory growth along the stream' "$(value bench_stream streamChunks/events:200000/per_write:256 growth_mib)" MiB 32
    row '2,048 × 1,536 embeddings as JSON, CPU' "$(value bench_stream readEmbeddings/base64:0 cpu_ms)" ms 302
    row '2,048 × 1,536 embeddings as base64, CPU' "$(value bench_stream readEmbeddings/base64:1 cpu_ms)" ms 76
    for provider in azure openai ollama anthropic gemini cohere; do
        row "200 messages with tools encoded with change log, $provider" "$(value bench_encode "encode/$provider" us)" µs 1000
    done
    row 'stop → server sees the close, median of 50' "$(value bench_stream stopToClose ms)" ms 50
    row '4 panes × 200 tok/s, last 16 of 48 KB Markdown: longest event-loop stall' \
        "$(value bench_transcript longestStall stall_ms median)" ms 16
    row 'the same, CPU of the longest turn of the event loop' "$(value bench_transcript longestStall work_ms median)" ms 16
    row 'the same, CPU per KB at 48 KB over that at 12 KB' "$(value bench_transcript cpuGrowth ratio median)" × 1.3
    row '16 panes × 100 tok/s in the chat pane: longest event-loop stall' "$(value bench_chat sixteenPanes stall_ms median)" ms 33
    row 'the same, CPU of the longest turn of the event loop' "$(value bench_chat sixteenPanes work_ms median)" ms 33
    row 'the same, key press → paint in the composer, p99' "$(value bench_chat sixteenPanes key_p99_ms median)" ms 30
    row '4 panes × 1,000 tok/s to 200 KB each: CPU per KB of the ninth 20 KB over that of the first' \
        "$(value bench_chat longAnswers ratio median)" × 1.3
    for apart in 1 3 20; do
        row "live diff of 8 answers of 20 KB, one word in $apart differs: CPU of the worst frame" \
            "$(value bench_diff "liveDiff/apart:$apart/" worst_ms)" ms 4
    done
    row 'live diff of 8 answers of 20 KB of JSON: CPU of the worst frame' "$(value bench_diff liveJson worst_ms)" ms 4
    row '2,300 messages: stored session to visible end' "$(value bench_transcript openSession ms median)" ms 100
    for search in searchCommonWord searchTwoWords searchRareWord searchBeginning searchLetter searchNothing; do
        row "10,000 sessions, $search" "$(value bench_sessions "$search/" real_time)" ms 50
    done
    row '10,000 sessions, the list read anew' "$(value bench_sessions makeModel/ real_time)" ms 100
    row 'the same, brought up to date after an answer' "$(value bench_sessions updateOne/ real_time)" ms 5
    row 'process start to first paint, warm, median of 7' "$paint" ms 200
    row 'resident memory, idle window with built-in endpoint' "$memory" MiB 100
    row 'gateway, added time to the first event, p50' "$(gateway added_p50_ms)" ms 1
    row 'gateway, added time to the first event, p99' "$(gateway added_p99_ms)" ms 5
    row 'gateway, client leaves → connection to the model closes, worst of 40' "$(gateway leave_worst_ms)" ms 50
    more 'gateway, of 500 streams at once: came to their end' "$(gateway streams_whole)" streams 500
    row 'gateway, resident memory for each of them' "$(gateway kib_per_stream)" KiB 100
    more "gateway, small chats per second over those of @portkey-ai/gateway $(gateway peer_version)" "$(gateway times_peer)" × 5 \
        " ($(gateway per_second) to $(gateway peer_per_second))"
    row 'built-in models, resident memory while unused' "$unused" MiB 5
    row "built-in models, first answer of a process, slowest ($slowest_model)" "$slowest" ms 50
} | tee "$out/table.md"
echo 'Peers were not measured here: the aims 2.1, 2.4, 302 and 76 are reference figures of clients for Node.js.'
