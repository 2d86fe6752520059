# The rows as a data set of Hugging Face's library.
from datasets import load_dataset

rows = load_dataset(
    "parquet",
    data_files="https://openagentsessions.org/dataset/latest/submissions.parquet",
    split="train",
)
print(rows)
