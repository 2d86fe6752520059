# Sessions and tokens by model; a session of two models counts under both.
import polars as pl

rows = pl.read_parquet(
    "https://openagentsessions.org/dataset/latest/submissions.parquet",
    columns=["models", "output_tokens"],
)
models = rows.explode("models").group_by("models")
print(models.agg(pl.len().alias("sessions"), pl.sum("output_tokens")))
