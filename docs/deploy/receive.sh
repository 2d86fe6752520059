#!/usr/bin/env bash
# Takes a release of the site on the server: the one command that the deploy key may run. In authorized_keys, one line,
# as set-up.sh writes it:
#   restrict,command="/usr/local/bin/openagentsessions-receive /srv/openagentsessions sudo /usr/local/bin/openagentsessions-restart" ssh-ed25519 ...
# The first argument is the folder of releases; the rest, if any, is the command that makes the service run the current
# one, and fails when it does not come up. What the client asks for, in SSH_ORIGINAL_COMMAND, is `ID SHA256`; the archive
# comes on stdin. It is unpacked beside the others, and becomes `current` by one rename. Five releases are kept.
# Exit codes: 0 done, 1 failed and the earlier release stays, 2 asked wrongly.
set -euo pipefail
umask 022

say() { echo "receive: $1" >&2; }
refuse() {
  say "$2"
  exit "$1"
}

[ $# -ge 1 ] || refuse 2 'The folder of releases is missing. Correct the command in authorized_keys.'
root=$1
shift
[[ ${SSH_ORIGINAL_COMMAND:-} =~ ^([0-9A-Za-z][0-9A-Za-z-]{0,79})\ ([0-9a-f]{64})$ ]] ||
  refuse 2 'A release is asked for by its id and the sha256 of its archive.'
id=${BASH_REMATCH[1]}
sha256=${BASH_REMATCH[2]}
keep=5

mkdir -p "$root/releases"
exec 9>"$root/.lock"
flock --nonblock 9 || refuse 1 'Another release is being received. Run this again when it is done.'
# What an earlier run left when it was killed.
rm -rf "$root"/incoming.*

incoming=$(mktemp -d "$root/incoming.XXXXXX")
trap 'rm -rf "$incoming"' EXIT

if [ ! -d "$root/releases/$id" ]; then
  cat >"$incoming/archive" || refuse 1 'The archive could not be stored. Check the disk of the server.'
  echo "$sha256  $incoming/archive" | sha256sum --check --status ||
    refuse 1 'The archive did not arrive whole. Run this again.'
  mkdir "$incoming/release"
  tar --extract --gzip --file "$incoming/archive" --directory "$incoming/release" --no-same-owner ||
    refuse 1 'The archive could not be unpacked. Check the disk of the server.'
  rm "$incoming/archive"
  for file in package.json actions/start/index.ts dist/server/entry.mjs dist/client/index.html; do
    [ -f "$incoming/release/$file" ] || refuse 1 "The archive has no $file. Build the site first."
  done
  chmod 755 "$incoming/release"
  mv --no-target-directory "$incoming/release" "$root/releases/$id"
fi

# turn ID: `current` leads to that release, at every moment to one or the other
turn() {
  ln -s "releases/$1" "$incoming/current"
  mv --force --no-target-directory "$incoming/current" "$root/current"
}

before=
[ ! -L "$root/current" ] || before=$(basename "$(readlink "$root/current")")
turn "$id"
if [ $# -gt 0 ] && ! "$@" </dev/null >&2; then
  [ -n "$before" ] && [ "$before" != "$id" ] ||
    refuse 1 'The site does not come up, and there is no earlier release to go back to.'
  turn "$before"
  "$@" </dev/null >&2 || refuse 1 "The site does not come up, with the earlier release $before neither."
  refuse 1 "The site does not come up with this release. The earlier one, $before, is back."
fi
touch "$root/releases/$id"

# The newest stay, and whatever `current` is. Moved away first: half a release must not be taken for one.
ls -1t "$root/releases" | tail -n +$((keep + 1)) | while read -r old; do
  [ "$old" = "$id" ] || mv "$root/releases/$old" "$incoming/"
done
echo "$id is the current release."
