# Takes the rows and the departures of the newest snapshot, and checks them.
site=https://openagentsessions.org
dir=$(curl -fsS "$site/dataset/latest/manifest.json" | grep -o 'snapshots/[0-9TZ-]*')
curl -fsSLO --fail-early "$site/dataset/$dir/{submissions.ndjson,submissions.parquet,removed.ndjson,SHA256SUMS}" &&
  sha256sum --check --ignore-missing SHA256SUMS
