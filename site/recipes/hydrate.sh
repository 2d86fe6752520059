# Fetches a hundred sessions, proves each of their files, and writes them as messages to train on.
npx openagentsessions hydrate --from https://openagentsessions.org/dataset \
  --where agent=codex --limit 100 --format messages
