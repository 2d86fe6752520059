/** A few lines to copy. */
export interface Recipe {
  title: string;
  code: string;
}

/** Recipes for the files below `base`, the address of a snapshot without a final slash. */
export function recipes(base: string): Recipe[] {
  return [
    {
      title: 'curl: download the rows and check them',
      code: `curl -fsSO ${base}/submissions.ndjson
curl -fsS ${base}/SHA256SUMS | sha256sum --check --ignore-missing`,
    },
    {
      title: 'DuckDB: sessions and bytes by licence',
      code: `SELECT license, count(*) AS sessions, sum(total_bytes) AS bytes
FROM read_json(
  '${base}/submissions.ndjson',
  format = 'newline_delimited'
)
GROUP BY license
ORDER BY sessions DESC;`,
    },
    {
      title: 'Python: read the rows, fetch one session, prove it is what the moderator read',
      code: `import hashlib, json
from urllib.request import urlopen

with urlopen("${base}/submissions.ndjson") as lines:
    rows = [json.loads(line) for line in lines]

for file in rows[0]["files"]:
    content = urlopen(file["raw_url"]).read()
    blob = b"blob %d\\0" % len(content) + content
    assert hashlib.sha1(blob).hexdigest() == file["git_blob_sha"], file["name"]`,
    },
    {
      title: 'Python: Hugging Face datasets',
      code: `from datasets import load_dataset

rows = load_dataset(
    "json",
    data_files="${base}/submissions.ndjson",
    split="train",
)`,
    },
  ];
}
