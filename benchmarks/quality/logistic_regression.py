"""scikit-learn's logistic regression per label, C by five-fold cross-validation, on features in a folder.

python logistic_regression.py FOLDER LABELS: reads train.f32, train.u8, test.f32, test.u8, writes scores.f32, prints seconds.
"""

import sys
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegressionCV

warnings.filterwarnings("ignore")
folder, labels = Path(sys.argv[1]), int(sys.argv[2])
y = {part: np.fromfile(folder / f"{part}.u8", np.uint8).reshape(-1, labels) for part in ("train", "test")}
x = {part: np.fromfile(folder / f"{part}.f32", np.float32).reshape(len(y[part]), -1) for part in y}
mean, deviation = x["train"].mean(0), x["train"].std(0) + 1e-6
x = {part: (values - mean) / deviation for part, values in x.items()}
started = time.time()
columns = []
for label in range(labels):
    target = y["train"][:, label]
    if min(target.sum(), len(target) - target.sum()) < 5:
        columns.append(np.full(len(x["test"]), target.mean()))
        continue
    model = LogisticRegressionCV(Cs=np.logspace(-5, 1, 7), cv=5, scoring="neg_log_loss", max_iter=300, tol=1e-3)
    columns.append(model.fit(x["train"], target).predict_proba(x["test"])[:, 1])
np.stack(columns, 1).astype(np.float32).tofile(folder / "scores.f32")
print(time.time() - started)
