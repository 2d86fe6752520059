#!/usr/bin/env bash
# Waits until the process of the site on a port answers that it is ready, a minute at most:
#   openagentsessions-wait PORT
set -euo pipefail

for _ in $(seq 240); do
  ! curl --silent --fail --max-time 2 --output /dev/null "http://127.0.0.1:$1/api/health" || exit 0
  sleep 0.25
done
echo "The site on port $1 is not ready after a minute. Look at: journalctl -u openagentsessions@$1" >&2
exit 1
