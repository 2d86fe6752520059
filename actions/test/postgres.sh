#!/usr/bin/env bash
# Starts a throwaway PostgreSQL server, runs a command with its address in TEST_DATABASE_URL, and stops the server:
#   bash actions/test/postgres.sh npm test
# Needs the server programs of Debian's package `postgresql`; nothing of an existing server is touched.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo 'usage: bash actions/test/postgres.sh command [argument...]' >&2
  exit 2
fi
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
  echo 'No PostgreSQL server programs in /usr/lib/postgresql: install the package postgresql.' >&2
  exit 1
fi

folder=$(mktemp -d)
# PostgreSQL refuses to run as root.
as=()
if [ "$(id -u)" -eq 0 ]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi
run() { (cd "$folder" && "${as[@]}" "$@"); }

# The command is a process group of its own, so that a signal to this script ends all of it, and at once.
set -m
command=
stop() {
  if [ -n "$command" ]; then
    kill -TERM -- "-$command" 2>/dev/null && wait "$command" || true
  fi
  run "$bin/pg_ctl" stop --pgdata "$folder/data" --mode immediate --silent || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

run "$bin/initdb" --pgdata "$folder/data" --username postgres --auth trust --encoding UTF8 --no-locale --no-sync \
  >"$folder/initdb.log" || { cat "$folder/initdb.log" >&2; exit 1; }

# Another process may take a free port before the server does, so a few are tried.
for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  if run "$bin/pg_ctl" start --pgdata "$folder/data" --silent --wait --log "$folder/log" --options \
    "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=200"; then
    started=yes
    break
  fi
done
if [ -z "${started:-}" ]; then
  cat "$folder/log" >&2
  exit 1
fi

TEST_DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@" <&0 &
command=$!
status=0
wait "$command" || status=$?
command=
exit "$status"
