-- Keeps whole sessions under two licences, with the address of each of their files.
COPY (
  SELECT gist_id, license, agent, unnest(files, recursive := true)
  FROM 'submissions.parquet'
  WHERE license IN ('CC0-1.0', 'CC-BY-4.0') AND truncated IS NOT true
) TO 'files.csv';
