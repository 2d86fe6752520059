# Messages a session by agent.
import pandas as pd

rows = pd.read_parquet(
    "https://openagentsessions.org/dataset/latest/submissions.parquet",
    columns=["agent", "user_messages", "assistant_messages"],
)
print(rows.groupby("agent", dropna=False).mean())
