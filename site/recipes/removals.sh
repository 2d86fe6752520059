# Takes the newest departures, which are written every hour.
curl -fsSLO https://openagentsessions.org/dataset/latest/removed.ndjson
