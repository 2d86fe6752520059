-- Keeps the rows that have not left since they were listed.
COPY (
  SELECT *
  FROM 'submissions.parquet' AS listed
  WHERE NOT EXISTS (
    FROM read_json(
      'removed.ndjson',
      format = 'newline_delimited',
      columns = {record_id: 'VARCHAR', seq: 'BIGINT'}
    ) AS departure
    WHERE departure.record_id = listed.record_id AND departure.seq > listed.seq
  )
) TO 'kept.parquet';
