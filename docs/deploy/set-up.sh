#!/usr/bin/env bash
# Makes a bare Debian 12 or newer the server of the site. As root, in a folder with the other files of docs/deploy:
#   bash set-up.sh PRODUCTION_ENV TUNNEL_KEY DEPLOY_KEY
# PRODUCTION_ENV is .env.production.example with its values filled in; the keys are the public halves, two files with a
# line each. What is empty there, DATABASE_URL and SESSION_SECRET, is made here and kept. Again is fine: nothing that
# holds data is changed, passwords stay, and what these files say now comes into force.
# Exit codes: 0 done, 1 failed, 2 asked wrongly.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  echo "set-up: $2" >&2
  exit "$1"
}
step() { printf 'set-up: %s\n' "$1"; }

[ $# -eq 3 ] || fail 2 'Name three files: the settings, the key of the tunnel, the key for deploying.'
[ "$(id -u)" -eq 0 ] || fail 2 'Run this as root.'
for file in "$@"; do [ -r "$file" ] || fail 2 "There is no $file."; done
settings=$(realpath "$1")
tunnel_key=$(head -n 1 "$2")
deploy_key=$(head -n 1 "$3")
for key in "$tunnel_key" "$deploy_key"; do
  [[ $key =~ ^ssh-ed25519\ [A-Za-z0-9+/=]+(\ [A-Za-z0-9._@-]+)?$ ]] || fail 2 'A key is one line that begins with ssh-ed25519.'
done

# read_setting FILE NAME: the value of the last line that sets it, or nothing
read_setting() { [ ! -e "$1" ] || sed -n "s/^$2=//p" "$1" | tail -n 1; }
for name in SITE_URL GITHUB_CLIENT_ID GITHUB_CLIENT_SECRET MODERATOR_GITHUB_IDS; do
  [ -n "$(read_setting "$settings" $name)" ] || fail 2 "$name is not set in $settings."
done
[[ $(read_setting "$settings" SITE_URL) =~ ^https://([a-z0-9.-]+)$ ]] ||
  fail 2 'SITE_URL is https:// and a name, without a slash at its end.'
domain=${BASH_REMATCH[1]}
# Where others may be, too.
cd /

step 'packages'
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends \
  ca-certificates caddy curl openssh-server postgresql sudo unattended-upgrades >/dev/null

step 'users and folders'
for user in openagentsessions deploy tunnel; do
  shell=/usr/sbin/nologin
  # The one command of its key is run by a shell.
  [ $user != deploy ] || shell=/bin/bash
  id -u $user >/dev/null 2>&1 || useradd --system --create-home --home-dir /var/lib/$user --shell $shell $user
done
install -d -o deploy -g deploy /srv/openagentsessions
install -d -m 700 /etc/openagentsessions
# allow USER LINE: the only key with which somebody can be that user
allow() {
  install -d -m 700 -o "$1" -g "$1" "/var/lib/$1/.ssh"
  echo "$2" | install -m 600 -o "$1" -g "$1" /dev/stdin "/var/lib/$1/.ssh/authorized_keys"
}
allow tunnel "restrict,port-forwarding,permitopen=\"127.0.0.1:5432\",command=\"/usr/sbin/nologin\" $tunnel_key"
allow deploy "restrict,command=\"/usr/local/bin/openagentsessions-receive /srv/openagentsessions sudo /usr/local/bin/openagentsessions-restart\" $deploy_key"
echo 'deploy ALL=(root) NOPASSWD: /usr/local/bin/openagentsessions-restart ""' |
  install -m 440 /dev/stdin /etc/sudoers.d/openagentsessions
for name in receive restart roll-back run wait; do
  install -m 755 "$here/$name.sh" /usr/local/bin/openagentsessions-$name
done
install -m 644 "$here/sshd.conf" /etc/ssh/sshd_config.d/openagentsessions.conf
install -D -m 644 "$here/journald.conf" /etc/systemd/journald.conf.d/openagentsessions.conf

step 'database'
systemctl enable --quiet --now postgresql
until runuser -u postgres -- psql --quiet --command 'select' >/dev/null 2>&1; do sleep 0.5; done
as_postgres() { runuser -u postgres -- psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 "$@"; }
for role in site jobs retention backup; do
  as_postgres --set role=openagentsessions_$role <<'SQL'
select format('create role %I nologin', :'role') where not exists (select from pg_roles where rolname = :'role') \gexec
SQL
done
# database_url USER: of the earlier set-up, or with a new password for that user
database_url() {
  local file=/etc/openagentsessions/database/$1 password
  if [ ! -s "$file" ]; then
    password=$(od -An -tx1 -N24 /dev/urandom | tr -d ' \n')
    # By a pipe: arguments can be read by every user of this machine.
    as_postgres >/dev/null <<SQL
select format('create role %I', '$1') where not exists (select from pg_roles where rolname = '$1') \\gexec
alter role "$1" login password '$password';
SQL
    install -d -m 700 /etc/openagentsessions/database
    echo "postgres://$1:$password@127.0.0.1:5432/openagentsessions" | install -m 600 /dev/stdin "$file"
  fi
  cat "$file"
}
for user in site jobs retention backup migrations; do database_url $user >/dev/null; done
for user in site jobs retention backup; do as_postgres --command "grant openagentsessions_$user to $user"; done
as_postgres <<'SQL'
select 'create database openagentsessions owner migrations'
 where not exists (select from pg_database where datname = 'openagentsessions') \gexec
SQL

step 'settings'
# Lines of the given file, with what is empty there filled in. What backups need is nothing to the site.
fill() {
  local secret
  secret=$(read_setting /etc/openagentsessions/site.env SESSION_SECRET)
  [ -n "$secret" ] || secret=$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')
  # By the environment, which root alone reads.
  url=$(database_url site) secret=$secret awk '
    /^(BACKUP_|HETZNER_S3_|AWS_)/ { next }
    $0 == "DATABASE_URL=" { $0 = $0 ENVIRON["url"] }
    $0 == "SESSION_SECRET=" { $0 = $0 ENVIRON["secret"] }
    { print }' "$settings"
}
fill | install -m 600 /dev/stdin /etc/openagentsessions/site.env.new
mv /etc/openagentsessions/site.env.new /etc/openagentsessions/site.env
# The script of a timer, the user of its database, and what else it is told.
for job in backup retention; do
  {
    grep -E '^SITE_URL=' "$settings"
    [ $job != backup ] || grep -E '^(HETZNER_S3_ENDPOINT|AWS_DEFAULT_REGION|BACKUP_[A-Z0-9_]+)=.' "$settings" || true
    echo "DATABASE_URL=$(database_url $job)"
  } | install -m 600 /dev/stdin "/etc/openagentsessions/$job.env"
done

step 'services'
for unit in "$here"/openagentsessions*.service "$here"/openagentsessions*.timer; do
  install -m 644 "$unit" /etc/systemd/system/
done
install -d /etc/caddy/openagentsessions
sed "s/^openagentsessions\.org {/$domain {/" "$here/Caddyfile" | install -m 644 /dev/stdin /etc/caddy/Caddyfile
echo 'to 127.0.0.1:4321 127.0.0.1:4322' >/etc/caddy/openagentsessions/processes.caddy
for file in options headers release; do
  [ -e /etc/caddy/openagentsessions/$file.caddy ] || echo '# Nothing yet.' >/etc/caddy/openagentsessions/$file.caddy
done
caddy validate --config /etc/caddy/Caddyfile --adapter caddyfile >/dev/null 2>&1 ||
  fail 1 'Caddy does not take its settings. Look at: caddy validate --config /etc/caddy/Caddyfile'
systemctl daemon-reload
systemctl try-restart systemd-journald
systemctl enable --quiet --now ssh caddy
systemctl reload ssh
# One that runs with Debian's own settings is not where these say it is told of them.
[ -S /var/lib/caddy/admin.sock ] || systemctl restart caddy
systemctl reload caddy
systemctl enable --quiet openagentsessions@4321 openagentsessions@4322
if [ -L /srv/openagentsessions/current ]; then
  openagentsessions-restart
else
  step 'no release is here yet: deploy one'
fi
step "done. $domain is set up."
