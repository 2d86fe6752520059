-- Sessions and bytes by agent. DuckDB reads no more of the file than the columns asked for.
SELECT agent, count(*) AS sessions, sum(total_bytes) AS bytes
FROM 'https://openagentsessions.org/dataset/latest/submissions.parquet'
GROUP BY agent
ORDER BY sessions DESC;
