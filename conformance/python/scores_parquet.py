"""Writes packages/cli/test/fixtures/scores-*.parquet: probabilities of six images, as thaw_keras.score writes them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

OUT = Path(__file__).parents[2] / "packages/cli/test/fixtures"
SCORES = [(0.9, 0.2), (0.4, 0.7), (0.8, 0.6), (0.1, 0.3), (0.7, 0.1), (0.2, 0.55)]

OUT.mkdir(parents=True, exist_ok=True)
for part in range(2):
    rows = range(part, 6, 2)
    columns = {
        "id": [f"{row}.png" for row in rows],
        "Red": pa.array([SCORES[row][0] for row in rows], pa.float32()),
        "Bright": pa.array([SCORES[row][1] for row in rows], pa.float32()),
    }
    pq.write_table(pa.table(columns), OUT / f"scores-{part}.parquet")
