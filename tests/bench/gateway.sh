#!/usr/bin/env bash
# SPDX-FileCopyrightText: Diptych contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# gateway.sh BUILD_DIR OUT_DIR: what the gateway adds to an upstream, how many streams it holds, and how many requests it
# passes, beside the npm package @portkey-ai/gateway in the same run. Writes OUT_DIR/gateway.json. Loopback only.
set -uo pipefail
build=$(realpath "$1")
mkdir -p "$2" && out=$(realpath "$2")
work=$(mktemp -d)
pids=()
cleanup() {
    local pid
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
load=$build/tests/bench/bench_gatewayload
model=bench

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
await() { # PORT: until somebody listens there
    for _ in $(seq 200); do answers "$1" && return; sleep 0.05; done
    return 1
}
field() { sed -n "s/.*\"$1\": \([0-9.]*\).*/\1/p"; }
resident() { awk '$1 == "Rss:" { print $2 }' "/proc/$1/smaps_rollup"; } # KiB

mkfifo "$work/hold"
"$build/tests/bench/bench_feeder" <"$work/hold" >"$work/feeder" &
pids+=($!)
exec 9>"$work/hold"
for _ in $(seq 100); do [ -s "$work/feeder" ] && break; sleep 0.05; done
feeder=$(head -n 1 "$work/feeder")

# --- ours -----------------------------------------------------------------------------------------------------------
endpoint() { printf '{"id":"%s","url":"http://127.0.0.1:%s%s","kind":"openai","retries":0}' "$1" "$feeder" "$2"; }
route() { printf '{"name":"%s","target":"%s/bench"}' "$1" "$1"; }
printf '{"port":0,"endpoints":[%s,%s,%s,%s],"routes":[%s,%s,%s,%s]}' \
    "$(endpoint instant /instant)" "$(endpoint short /chunks/4/1)" "$(endpoint paced /paced/40/100)" \
    "$(endpoint endless /endless)" "$(route instant)" "$(route short)" "$(route paced)" "$(route endless)" \
    >"$work/gateway.json"
BENCH_KEY=bench "$build/bin/diptych-cli" serve --config "$work/gateway.json" --key-env BENCH_KEY 2>"$work/serve.log" &
server=$!
pids+=("$server")
for _ in $(seq 200); do grep -q '^serving ' "$work/serve.log" 2>/dev/null && break; sleep 0.05; done
port=$(sed -n 's#^serving http://127.0.0.1:\([0-9]*\) .*#\1#p' "$work/serve.log")
[ -n "$port" ] || { cat "$work/serve.log" >&2; exit 1; }
chat=/v1/chat/completions

direct=$("$load" first "$feeder" "/chunks/4/1/chat/completions" $model 2000)
through=$("$load" first "$port" $chat short 2000 'api-key: bench')
rate_direct=$("$load" rate "$feeder" "/instant/chat/completions" $model 8 4)
rate=$("$load" rate "$port" $chat instant 8 4 'api-key: bench')

# From the client's close to the close of the connection to the model, in milliseconds: the feeder tells the latter.
"$load" leave "$port" $chat endless 40 'api-key: bench' >"$work/left"
sleep 0.3
left=$(grep '^closed ' "$work/feeder" | cut -d' ' -f2 | paste - "$work/left" | awk '{ printf "%.3f\n", ($1 - $2) / 1e6 }' | sort -n)
left_median=$(awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }' <<<"$left")
left_worst=$(tail -n 1 <<<"$left")

idle=$(resident "$server")
"$load" hold "$port" $chat paced 500 'api-key: bench' >"$work/held" &
holder=$!
for _ in $(seq 400); do grep -q all "$work/held" && break; sleep 0.05; done
busy=$(resident "$server")
threads=$(ls "/proc/$server/task" | wc -l)
wait "$holder"
whole=$(field whole <"$work/held")
"$load" hold "$port" $chat paced 500 'api-key: bench' >"$work/again" &
holder=$!
for _ in $(seq 400); do grep -q all "$work/again" && break; sleep 0.05; done
again=$(resident "$server")
wait "$holder"

# --- the peer -------------------------------------------------------------------------------------------------------
peer='' peer_version=''
if command -v npm >/dev/null && command -v node >/dev/null; then
    mkdir -p "$out/peer"
    cp "$(dirname "$0")/peer/package.json" "$(dirname "$0")/peer/package-lock.json" "$out/peer/" 2>/dev/null
    (cd "$out/peer" && npm ci --silent --no-audit --no-fund --ignore-scripts >/dev/null 2>&1)
    start=$out/peer/node_modules/@portkey-ai/gateway/build/start-server.js
    if [ -f "$start" ]; then
        peer_port=$((20000 + RANDOM % 20000))
        (cd "$work" && exec node "$start" --headless "--port=$peer_port" >"$work/peer.log" 2>&1) &
        pids+=($!)
        if await "$peer_port"; then
            peer_version=$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$out/peer/node_modules/@portkey-ai/gateway/package.json" | head -n 1)
            peer_headers=('x-portkey-provider: openai' "x-portkey-custom-host: http://127.0.0.1:$feeder/instant" 'Authorization: Bearer bench')
            peer=$("$load" rate "$peer_port" $chat $model 8 4 "${peer_headers[@]}" | field per_second)
        fi
    fi
fi

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (a != "" && b != "" && b > 0) printf "%.3f", a / b; else print "null" }'; }
cat >"$out/gateway.json" <<JSON
{ "added_p50_ms": $(awk -v a="$(field p50_ms <<<"$through")" -v b="$(field p50_ms <<<"$direct")" 'BEGIN { print a - b }'),
  "added_p99_ms": $(awk -v a="$(field p99_ms <<<"$through")" -v b="$(field p99_ms <<<"$direct")" 'BEGIN { print a - b }'),
  "per_second": $(field per_second <<<"$rate"), "per_second_direct": $(field per_second <<<"$rate_direct"),
  "peer_per_second": ${peer:-null}, "peer_version": "$peer_version", "times_peer": $(ratio "$(field per_second <<<"$rate")" "$peer"),
  "leave_median_ms": ${left_median:-null}, "leave_worst_ms": ${left_worst:-null},
  "streams_whole": ${whole:-0}, "kib_per_stream": $(( (busy - idle) / 500 )),
  "kib_per_stream_again": $(( (again - busy) / 500 )), "threads": $threads }
JSON
cat "$out/gateway.json" >&2
