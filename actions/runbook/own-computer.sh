# The computer of whoever follows docs/deploy-hetzner.md, as far as a rehearsal has to play it. Read by a bash that has
# $ROOT, the repository; $WORK, a folder; $GITHUB, a folder with secrets, vars and a script a workflow; and $OUTSIDE,
# which takes a command out of the machine's network.
set -e -o pipefail
certificates=$WORK/machine/var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt

# ssh and scp read no settings but these.
ssh() { command ssh -F "$WORK/ssh_config" "$@"; }
scp() { command scp -F "$WORK/ssh_config" "$@"; }

curl() { command curl --resolve "${domain:-x}:443:127.0.0.1" --cacert "$certificates" "$@"; }

# npm packages come from the registry, or from its cache; all else stays on this computer.
npm() {
  if [ "$1" = ci ]; then
    [ -e node_modules ] || $OUTSIDE npm "$@" --prefer-offline --no-audit --no-fund --loglevel=error
  else
    command npm --silent "$@"
  fi
}

step() { echo "> $1"; }

# gh secret set NAME --env production: from stdin. gh variable set NAME --env production [--body VALUE].
# gh workflow run NAME.yml: its steps, here and now.
gh() {
  case "$1 $2" in
    'secret set') cat >"$GITHUB/secrets/$3" ;;
    'variable set') if [ "${6:-}" = --body ]; then echo "$7" >"$GITHUB/vars/$3"; else cat >"$GITHUB/vars/$3"; fi ;;
    'workflow run')
      # There is no bucket: what is published is in a folder.
      echo "$PWD/.published" >"$GITHUB/vars/DATASET_ADDRESS"
      bash -c '. "$ROOT/actions/runbook/own-computer.sh"; . "$GITHUB/$0.sh"' "$3"
      ;;
    *) return 1 ;;
  esac
}
