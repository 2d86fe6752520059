# Fetches the newest session and proves that its files are what a moderator read.
import hashlib, json
from urllib.request import urlopen

with open("submissions.ndjson", encoding="utf-8") as lines:
    row = json.loads(next(lines))

for file in row["files"]:
    content = urlopen(file["raw_url"]).read()
    blob = b"blob %d\0" % len(content) + content
    assert hashlib.sha1(blob).hexdigest() == file["git_blob_sha"], file["name"]
    print(file["name"], len(content), "bytes, as read")
