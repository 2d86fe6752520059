#!/usr/bin/env bash
# Makes the site run the current release, or its settings as they are now: one process after the other, so that there is
# always one that answers, and then Caddy. As root:
#   openagentsessions-restart
# When a process does not come up, the other one stays as it is, and so does what Caddy serves. Exit codes: 0 done, 1 not.
set -euo pipefail
umask 022

root=/srv/openagentsessions
caddy=/etc/caddy/openagentsessions
ports=(4321 4322)
fail() {
  echo "restart: $1" >&2
  exit 1
}

# One after the other, whoever asks.
exec 8>/run/openagentsessions-restart.lock
flock --wait 300 8 || fail 'Another restart goes on. Run this again when it is done.'

[ -L $root/current ] || fail 'There is no current release. Deploy one.'
release=$(realpath $root/current)
headers=$release/dist/headers.caddy

# The key for deploying may say what the site runs, not what Caddy does with the rest of this machine.
[ -f "$headers" ] || fail "There is no $headers. Build the site anew."
# Root reads the one and Caddy serves the other: a link could lead to anything on this machine.
for part in "$headers" "$release/dist/client"; do
  [ "$(realpath "$part")" = "$part" ] || fail "$part leads out of its release. Build the site anew."
done
if grep --line-number --invert-match --extended-regexp \
  '^((route|header|@[a-z0-9_]+ path_regexp)( [^{}]*)?|route \{|\}|#.*)?$' "$headers" >&2; then
  fail "$headers has lines that are no headers. Build the site anew."
fi

[ -z "$(find "$release/dist/client" -type l -print -quit)" ] || fail "$release has links among its pages."

# Files whose names are never used again stay for pages that are still open, as links to the same bytes. Those that no
# release has any more have one link left.
mkdir -p $root/kept
for folder in _astro browse; do
  [ ! -d "$release/dist/client/$folder" ] || cp -al --force "$release/dist/client/$folder" $root/kept/
done

# ask PORT...: from now on Caddy asks these processes and no other
ask() {
  { printf 'to' && printf ' 127.0.0.1:%s' "$@" && echo; } >$caddy/processes.caddy
  systemctl reload-or-restart caddy || fail 'Caddy does not take its settings. Look at: journalctl -u caddy'
}

# A form that meets a process which is gone cannot be sent again, so nobody is sent to one that is about to go.
for port in "${ports[@]}"; do
  others=()
  for other in "${ports[@]}"; do [ "$other" = "$port" ] || others+=("$other"); done
  ask "${others[@]}"
  sleep 1
  systemctl restart "openagentsessions@$port" || {
    ask "${ports[@]}"
    fail "The site on port $port does not come up."
  }
done

cp "$headers" $caddy/headers.caddy
echo "root * $release/dist/client" >$caddy/release.caddy
ask "${ports[@]}"
find $root/kept -type f -links 1 -delete
find $root/kept -mindepth 1 -type d -empty -delete
echo "$(basename "$release") runs."
