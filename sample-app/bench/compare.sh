#!/usr/bin/env bash
#
# Copyright 2026-present the original author or authors.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#      https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
#
# Side-by-side benchmark of two servers on one machine, by default (A) one plain JVM and
# (B) the same application under prefork. Both run all the time, one at a time is under
# load, in rounds A B A B. Prints Markdown to stdout, progress to stderr.
#
# Settings, all by environment; WORKERS and EVENT_LOOPS are for the default B_CMD only:
#   ROUNDS=5 DURATION=15 (s) WARMUP=120 (s per server) SLICE=10 (s per turn of the warm-up)
#   PAUSE=1 (s before each measurement) THREADS=1 CONNECTIONS=64 URL_PATH=/hello
#   CONNECTION=keep-alive, or close: a new connection for each request
#   WORKERS=2 EVENT_LOOPS=1 JAVA_HOME JAVA_OPTS (JVM options of both)
#   A_CMD B_CMD: other commands, run by bash; they must not go to the background and
#     listen on "$PORT" (a simple command: it is run by exec). A_NAME B_NAME: their names in the tables
#   A_PORT=18080 B_PORT=18081 BOOT_TIMEOUT=120 (s) STOP_TIMEOUT=40 (s)

set -euo pipefail
export LC_ALL=C

ROUNDS=${ROUNDS:-5}
DURATION=${DURATION:-15}
WARMUP=${WARMUP:-120}
SLICE=${SLICE:-10}
PAUSE=${PAUSE:-1}
THREADS=${THREADS:-1}
CONNECTIONS=${CONNECTIONS:-64}
URL_PATH=${URL_PATH:-/hello}
CONNECTION=${CONNECTION:-keep-alive}
WORKERS=${WORKERS:-2}
EVENT_LOOPS=${EVENT_LOOPS:-1}
JAVA_OPTS=${JAVA_OPTS:-}
A_PORT=${A_PORT:-18080}
B_PORT=${B_PORT:-18081}
BOOT_TIMEOUT=${BOOT_TIMEOUT:-120}
STOP_TIMEOUT=${STOP_TIMEOUT:-40}

target=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/target
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
A_NAME=${A_NAME:-$([[ -n ${A_CMD:-} ]] && echo A || echo 'plain JVM')}
B_NAME=${B_NAME:-$([[ -n ${B_CMD:-} ]] && echo B || echo 'prefork')}
# shellcheck disable=SC2016 # $PORT is for the shell that runs the command
A_CMD=${A_CMD:-"'$java' $JAVA_OPTS -jar '$target/sample-app-plain.jar' --server.port=\$PORT"}
B_CMD=${B_CMD:-"'$java' $JAVA_OPTS -jar '$target/sample-app.jar' --server.port=\$PORT --prefork.workers=$WORKERS --prefork.event-loops=$EVENT_LOOPS --prefork.preload.enabled=false"}

work=$(mktemp -d "${TMPDIR:-/tmp}/prefork-compare.XXXXXX")
measured=''
declare -A pid=() seen=()

log() { printf '%s\n' "$*" >&2; }

fail() {
  log "compare.sh: $*"
  exit 1
}

# The start time of a process, which together with the pid identifies it.
start_time() {
  { sed 's/^.*) //' "/proc/$1/stat" | cut -d ' ' -f 20; } 2>/dev/null || true
}

# The pids of a process and of all below it.
tree() {
  local -a queue=("$1")
  local index=0 current children
  while ((index < ${#queue[@]})); do
    current=${queue[index]}
    index=$((index + 1))
    children=$(cat "/proc/$current/task/"*/children 2>/dev/null) || true
    # shellcheck disable=SC2206 # a list of numbers
    queue+=($children)
    [[ -d /proc/$current ]] && printf '%s\n' "$current"
  done
  return 0
}

# Remember what must be stopped at the end.
remember() {
  local one
  for one in $(tree "$1"); do
    [[ -n ${seen[$one]:-} ]] || seen[$one]=$(start_time "$one")
  done
}

is_running() {
  [[ -n ${seen[$1]:-} && $(start_time "$1") == "${seen[$1]}" ]] && ! grep -qs '^State:.Z' "/proc/$1/status"
}

any_running() {
  local one
  for one in "${!seen[@]}"; do
    is_running "$one" && return 0
  done
  return 1
}

stop_all() {
  local status=$? one deadline=$((SECONDS + STOP_TIMEOUT))
  trap - EXIT
  trap '' INT TERM HUP
  for one in "${pid[@]}"; do
    remember "$one"
    is_running "$one" && kill -TERM "$one" 2>/dev/null
  done
  while any_running && ((SECONDS < deadline)); do
    sleep 0.2
  done
  for one in "${!seen[@]}"; do
    if is_running "$one"; then
      log "Killing process $one, which did not stop in time"
      kill -KILL "$one" 2>/dev/null || true
    fi
  done
  if ((status == 0)); then
    rm -rf "$work"
  else
    log "The output of the servers is in $work"
  fi
  exit "$status"
}

answers() {
  curl -s -o /dev/null --max-time 5 "http://127.0.0.1:$1/"
}

start() {
  local name=$1 port=$2 command=$3
  ! answers "$port" || fail "port $port is in use"
  log "Starting $name: $command"
  PORT=$port bash -c "exec $command" >"$work/$name.log" 2>&1 </dev/null &
  pid[$name]=$!
  remember "${pid[$name]}"
}

await_ready() {
  local name=$1 port=$2 deadline=$((SECONDS + BOOT_TIMEOUT))
  until curl -sf -o /dev/null --max-time 5 "http://127.0.0.1:$port$URL_PATH"; do
    if ! is_running "${pid[$name]}" || ((SECONDS > deadline)); then
      tail -n 40 "$work/$name.log" >&2
      fail "$name does not answer with success on port $port, path $URL_PATH"
    fi
    sleep 0.2
  done
  remember "${pid[$name]}"
}

load() {
  local port=$1 seconds=$2
  local -a header=()
  [[ $CONNECTION != close ]] || header=(-H 'Connection: close')
  wrk "-t$THREADS" "-c$CONNECTIONS" "-d${seconds}s" --latency "${header[@]}" "http://127.0.0.1:$port$URL_PATH"
}

# One line "pid ticks" for each process of a server: utime + stime.
cpu() {
  local one
  for one in $(tree "$1"); do
    sed 's/^.*) //' "/proc/$one/stat" 2>/dev/null | awk -v pid="$one" '{ print pid, $12 + $13 }' || true
  done
}

# Sets measured to: requests/s, p99 in ms, errors, CPU microseconds per request, and whether
# the same processes were there before and after.
measure() {
  local name=$1 port=$2
  sleep "$PAUSE"
  remember "${pid[$name]}"
  cpu "${pid[$name]}" >"$work/before"
  load "$port" "$DURATION" >"$work/wrk" || fail "wrk failed: $(cat "$work/wrk")"
  cpu "${pid[$name]}" >"$work/after"
  remember "${pid[$name]}"
  [[ -s $work/after ]] || fail "$name is gone: $(tail -n 40 "$work/$name.log")"
  measured=$(awk -v ticks="$(getconf CLK_TCK)" '
    function ms(text) {
      if (text ~ /us$/) return text / 1000
      if (text ~ /ms$/) return text + 0
      if (text ~ /m$/) return text * 60000
      return text * 1000
    }
    FILENAME ~ /\/before$/ { base[$1] = $2; had++; next }
    FILENAME ~ /\/after$/ { used += $2 - base[$1]; kept += ($1 in base); has++; next }
    $1 == "99%" { p99 = ms($2) }
    / requests in / { requests = $1 }
    /^Requests\/sec:/ { rate = $2 }
    /^ *Socket errors:/ { gsub(/[^0-9 ]/, ""); errors += $1 + $2 + $3 + $4 }
    /^ *Non-2xx or 3xx responses:/ { errors += $NF }
    END {
      printf "%.1f %.3f %d %.2f %s\n", rate, p99, errors, (requests ? used / ticks * 1e6 / requests : 0),
        (had != has || kept != has ? "changed" : "same")
    }' "$work/before" "$work/after" "$work/wrk")
}

warm_up() {
  local spent=0 slice
  while ((spent < WARMUP)); do
    slice=$((WARMUP - spent < SLICE ? WARMUP - spent : SLICE))
    load "$A_PORT" "$slice" >"$work/wrk"
    load "$B_PORT" "$slice" >"$work/wrk"
    spent=$((spent + slice))
    log "Warm-up: $spent of $WARMUP s each"
  done
}

facts() {
  local commit
  commit=$(git -C "$target/.." rev-parse --short HEAD 2>/dev/null) || commit='none'
  cat <<MARKDOWN
# $A_NAME (A) and $B_NAME (B)

- $(date -u '+%Y-%m-%d %H:%M UTC'), commit $commit
- $(nproc) CPUs ($(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)), $(awk '/^MemTotal/ { printf "%.1f GiB", $2 / 1048576 }' /proc/meminfo), Linux $(uname -r)
- $("$java" -version 2>&1 | grep -v '^Picked up' | sed -n '1p;3p' | paste -sd ';' | sed 's/;/; /')
- wrk -t$THREADS -c$CONNECTIONS --latency on $URL_PATH, connection $CONNECTION; warm-up $WARMUP s each, $ROUNDS rounds of $DURATION s each, only one server under load at a time
- A: \`$A_CMD\`
- B: \`$B_CMD\`
MARKDOWN
}

table() {
  awk '
    function median(values, count,   i, j, sorted, swap) {
      for (i = 1; i <= count; i++) sorted[i] = values[i]
      for (i = 2; i <= count; i++)
        for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) {
          swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap
        }
      return (count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2)
    }
    function ratio(b, a) { return (a ? sprintf("%.3f", b / a) : "-") }
    function column(server, metric,   i, values) {
      for (i = 1; i <= rounds; i++) values[i] = value[i, server, metric]
      return median(values, rounds)
    }
    function per_round(metric,   i, values) {
      for (i = 1; i <= rounds; i++) {
        if (!value[i, "A", metric]) return "-"
        values[i] = value[i, "B", metric] / value[i, "A", metric]
      }
      return sprintf("%.3f", median(values, rounds))
    }
    BEGIN {
      print "| round | A req/s | B req/s | B/A | A p99 ms | B p99 ms | A CPU µs/req | B CPU µs/req | A errors | B errors |"
      print "|---|---|---|---|---|---|---|---|---|---|"
    }
    {
      for (i = 3; i <= 6; i++) value[$1, $2, i] = $i
      errors[$2] += $5
      if ($7 == "changed") changed = changed " " $2 " in round " $1
      if ($2 == "B") {
        rounds++
        printf "| %d | %.0f | %.0f | %s | %.2f | %.2f | %.1f | %.1f | %d | %d |\n", $1, value[$1, "A", 3], $3,
          ratio($3, value[$1, "A", 3]), value[$1, "A", 4], $4, value[$1, "A", 6], $6, value[$1, "A", 5], $5
      }
    }
    END {
      printf "| median | %.0f | %.0f | %s | %.2f | %.2f | %.1f | %.1f | sum %d | sum %d |\n\n", column("A", 3),
        column("B", 3), ratio(column("B", 3), column("A", 3)), column("A", 4), column("B", 4), column("A", 6),
        column("B", 6), errors["A"], errors["B"]
      print "| B/A | requests/s | p99 | CPU per request |"
      print "|---|---|---|---|"
      printf "| ratio of the medians | %s | %s | %s |\n", ratio(column("B", 3), column("A", 3)),
        ratio(column("B", 4), column("A", 4)), ratio(column("B", 6), column("A", 6))
      printf "| median of the ratios per round | %s | %s | %s |\n", per_round(3), per_round(4), per_round(6)
      if (changed) print "\nProcesses came or went, so CPU per request is wrong:" changed "."
      if (errors["A"] + errors["B"]) print "\n**There were errors: do not compare the rates.**"
    }' "$work/results"
}

main() {
  local round
  [[ $CONNECTION == close || $CONNECTION == keep-alive ]] || fail "CONNECTION must be close or keep-alive"
  ((ROUNDS > 0 && DURATION > 0 && SLICE > 0)) || fail "ROUNDS, DURATION and SLICE must be positive"
  command -v curl >/dev/null || fail "curl is missing"
  if ! command -v wrk >/dev/null; then
    log "Installing wrk"
    apt-get install -y -qq wrk >&2 || fail "wrk is missing and could not be installed"
  fi
  start A "$A_PORT" "$A_CMD"
  start B "$B_PORT" "$B_CMD"
  await_ready A "$A_PORT"
  await_ready B "$B_PORT"
  warm_up
  : >"$work/results"
  for ((round = 1; round <= ROUNDS; round++)); do
    measure A "$A_PORT"
    echo "$round A $measured" >>"$work/results"
    log "Round $round A: $measured"
    measure B "$B_PORT"
    echo "$round B $measured" >>"$work/results"
    log "Round $round B: $measured"
  done
  facts
  echo
  table
}

trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
main
