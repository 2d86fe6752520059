#!/usr/bin/env bash
# Runs a script of the current release, as package.json names it, with the rights of one user of the database. As root:
#   openagentsessions-run USER SCRIPT [FLAG...]
# USER is site, jobs, retention, migrations or backup; what else is in the environment goes along. Exit codes: 0 done, 1 not,
# 2 asked wrongly of this.
set -euo pipefail

[ $# -ge 2 ] && [[ $1 =~ ^[a-z]+$ ]] && [ -f "/etc/openagentsessions/database/$1" ] || {
  echo 'run: Name a user of the database, such as site, and a script.' >&2
  exit 2
}
[ -L /srv/openagentsessions/current ] || {
  echo 'run: There is no current release. Deploy one.' >&2
  exit 1
}
DATABASE_URL=$(cat "/etc/openagentsessions/database/$1")
SITE_URL=$(sed -n 's/^SITE_URL=//p' /etc/openagentsessions/site.env | tail -n 1)
export DATABASE_URL SITE_URL NODE_ENV=production
script=$2
shift 2
cd -P /srv/openagentsessions/current
# Not as root: the key for deploying may say what the site runs, and nothing else.
exec runuser -u openagentsessions -- node_modules/.bin/node --run "$script" -- "$@"
