#!/bin/sh
# Puts a new release on one host after the other, and stops at the first that does not take it.
#
#   rolling-release.sh app-1.1.jar app1.example.com app2.example.com
#
# Each host has the service's jar at $APP (/opt/app/app.jar) and the command prefork; both are reached with ssh.
# Ends with 0 when all hosts have the release; else with the exit code of "prefork reload --wait": 2 if the host has
# rolled it back. Hosts that come later in the list then still have the release before.
set -eu

if [ $# -lt 2 ]; then
  echo "usage: $0 APP.jar HOST..." >&2
  exit 64
fi
release=$1
shift
app=${APP:-/opt/app/app.jar}

for host in "$@"; do
  echo "$host: releasing $release"
  # The copy that workers run from is the master's own, so the jar may be replaced while they run.
  ssh "$host" "cat > '$app.new' && cp -p '$app' '$app.before' && mv '$app.new' '$app'" < "$release"
  verdict=0
  ssh "$host" "prefork reload --wait" < /dev/null || verdict=$?
  if [ "$verdict" -ne 0 ]; then
    # What starts next, whenever that is, has to be the release that works.
    ssh "$host" "mv '$app.before' '$app'" < /dev/null
    echo "$host: keeps the release before (exit code $verdict); stopped here" >&2
    exit "$verdict"
  fi
done
echo "released on $# hosts"
