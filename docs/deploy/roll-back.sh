#!/usr/bin/env bash
# Goes back to an earlier release, which is on the server still; the newest before the current one where none is named.
# As root:
#   openagentsessions-roll-back [ID]
# The database stays as it is: a release runs on the tables of the next one. Exit codes: 0 done, 1 not.
set -euo pipefail

root=/srv/openagentsessions
fail() {
  echo "roll-back: $1" >&2
  exit 1
}

exec 9>$root/.lock
flock --nonblock 9 || fail 'A release is being received. Run this again when it is done.'
now=$(basename "$(readlink $root/current)") || fail 'There is no current release.'
# Ids begin with the time they were built at.
id=${1:-$(ls -1 $root/releases | LC_ALL=C sort | awk -v now="$now" '$0 < now' | tail -n 1)}
[[ $id =~ ^[0-9A-Za-z][0-9A-Za-z-]*$ ]] && [ -d "$root/releases/$id" ] ||
  fail "There is no release to go back to. There are: $(ls -1 $root/releases | tr '\n' ' ')"

turn() {
  ln -sfn "releases/$1" $root/current.new
  mv --force --no-target-directory $root/current.new $root/current
}
turn "$id"
openagentsessions-restart || {
  turn "$now"
  fail "$id does not come up. $now is current again; make it run with openagentsessions-restart."
}
