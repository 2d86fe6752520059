# Takes the newest departures, which are written every hour.
curl -fsSO https://openagentsessions.org/dataset/latest/removed.ndjson
