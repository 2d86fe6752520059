# Deletes from that copy what has left the index since, and proves that the rest is as listed.
npx openagentsessions pull --from https://openagentsessions.org/dataset &&
  npx openagentsessions purge --apply &&
  npx openagentsessions verify
