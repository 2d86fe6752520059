#!/usr/bin/env bash
# Starts a throwaway S3 server, runs a command with its address in TEST_S3_ENDPOINT, and stops the server:
#   bash actions/test/radosgw.sh npm test
# It is Ceph's gateway, the software behind Hetzner's object storage, with its objects in memory: 480 MB of it, and 20
# seconds to start. Needs the programs of Debian's packages radosgw, ceph-mon, ceph-mgr, ceph-osd and ceph-common.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo 'usage: bash actions/test/radosgw.sh command [argument...]' >&2
  exit 2
fi
for program in radosgw radosgw-admin ceph ceph-mon ceph-mgr ceph-osd ceph-authtool monmaptool; do
  if ! command -v "$program" >/dev/null; then
    echo "$program is missing: install radosgw, ceph-mon, ceph-mgr, ceph-osd and ceph-common." >&2
    exit 1
  fi
done

folder=$(mktemp -d)
mkdir "$folder"/{run,mon,mgr,osd,rgw,log}
export CEPH_CONF=$folder/ceph.conf

# The command is a process group of its own, so that a signal to this script ends all of it, and at once.
set -m
command=
stop() {
  if [ -n "$command" ]; then
    kill -TERM -- "-$command" 2>/dev/null && wait "$command" || true
  fi
  for name in rgw osd mgr mon; do
    [ -f "$folder/run/$name.pid" ] && kill -KILL "$(cat "$folder/run/$name.pid")" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Another process may take a free port before the server does; a port that is taken ends the start below.
free_port() {
  local port
  while port=$((20000 + RANDOM % 20000)) && (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}
mon_v2=$(free_port) mon_v1=$(free_port) port=$(free_port)
fsid=$(cat /proc/sys/kernel/random/uuid)

cat >"$CEPH_CONF" <<CONF
[global]
fsid = $fsid
mon initial members = a
mon host = [v2:127.0.0.1:$mon_v2,v1:127.0.0.1:$mon_v1]
public network = 127.0.0.0/8
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
mon warn on pool no redundancy = false
mon max pg per osd = 1000
osd objectstore = memstore
memstore device bytes = 4294967296
run dir = $folder/run
admin socket = $folder/run/\$name.asok
log file = $folder/log/\$name.log
keyring = $folder/admin.keyring
[mon]
mon data = $folder/mon
pid file = $folder/run/mon.pid
[mgr]
mgr data = $folder/mgr
keyring = $folder/mgr/keyring
pid file = $folder/run/mgr.pid
[osd]
osd data = $folder/osd
keyring = $folder/osd/keyring
pid file = $folder/run/osd.pid
[client.rgw.a]
rgw data = $folder/rgw
keyring = $folder/rgw/keyring
rgw frontends = beast endpoint=127.0.0.1:$port
rgw enable usage log = false
pid file = $folder/run/rgw.pid
CONF

start() {
  ceph() { command ceph --connect-timeout 60 "$@"; }
  local every=(--cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *')
  ceph-authtool --create-keyring "$folder/mon.keyring" --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool --create-keyring "$folder/admin.keyring" --gen-key -n client.admin "${every[@]}"
  ceph-authtool "$folder/mon.keyring" --import-keyring "$folder/admin.keyring"
  monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$mon_v2,v1:127.0.0.1:$mon_v1]" "$folder/monmap"
  ceph-mon --mkfs -i a --monmap "$folder/monmap" --keyring "$folder/mon.keyring"
  ceph-mon -i a --public-addrv "[v2:127.0.0.1:$mon_v2,v1:127.0.0.1:$mon_v1]"
  ceph auth get-or-create mgr.x mon 'allow profile mgr' osd 'allow *' >"$folder/mgr/keyring"
  ceph-mgr -i x
  ceph osd new "$(cat /proc/sys/kernel/random/uuid)"
  ceph-authtool --create-keyring "$folder/osd/keyring" --gen-key -n osd.0
  ceph auth add osd.0 osd 'allow *' mon 'allow profile osd' mgr 'allow profile osd' -i "$folder/osd/keyring"
  ceph-osd -i 0 --mkfs --osd-uuid "$(ceph osd dump --format json | sed -n 's/.*"osd":0,"uuid":"\([^"]*\)".*/\1/p')"
  ceph osd crush add osd.0 1.0 root=default host=h
  ceph-osd -i 0
  ceph auth get-or-create client.rgw.a mon 'allow *' osd 'allow *' mgr 'allow *' >"$folder/rgw/keyring"
  radosgw -n client.rgw.a
  local tries=240
  until (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
    [ $((tries -= 1)) -gt 0 ] || return 1
    sleep 0.25
  done
  radosgw-admin user create --uid=test --display-name=test --access-key=test-access-key --secret-key=test-secret-key
}

# A condition would switch `set -e` off inside.
set +e
(set -e; start) >"$folder/start.log" 2>&1 </dev/null
started=$?
set -e
if [ "$started" -ne 0 ]; then
  echo 'The S3 server does not start. What was tried, and the last it said:' >&2
  tail -n 20 "$folder/start.log" >&2
  exit 1
fi

TEST_S3_ENDPOINT="http://127.0.0.1:$port" TEST_S3_ACCESS_KEY_ID=test-access-key \
  TEST_S3_SECRET_ACCESS_KEY=test-secret-key "$@" <&0 &
command=$!
status=0
wait "$command" || status=$?
command=
exit "$status"
