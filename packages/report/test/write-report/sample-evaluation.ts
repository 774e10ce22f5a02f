/** Labels and probabilities that are made up, the same at every call. */
export function sampleEvaluation(rows: number, labels: readonly string[], { masked = false } = {}) {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const columns = labels.length;
  const shape = [rows, columns];
  const yTrue = new Uint8Array(rows * columns);
  const yScore = new Float32Array(rows * columns);
  const known = new Uint8Array(rows * columns).fill(1);
  for (let cell = 0; cell < yTrue.length; cell++) {
    const rate = 0.1 + (0.4 * (cell % columns)) / columns;
    yTrue[cell] = random() < rate ? 1 : 0;
    yScore[cell] = Math.min(0.99, Math.max(0.01, rate + 0.5 * (yTrue[cell] - 0.3) + 0.6 * (random() - 0.5)));
    if (masked && random() < 0.3) known[cell] = 0;
  }
  return {
    labels,
    yTrue: { data: yTrue, shape },
    yScore: { data: yScore, shape },
    ...(masked && { known: { data: known, shape } }),
    ids: Array.from({ length: rows }, (_, row) => `${row}.jpg`),
  };
}

/** A run of two phases. */
export function sampleRun() {
  const history = Array.from({ length: 6 }, (_, epoch) => ({
    phase: epoch < 4 ? 'head' : 'thaw',
    epoch,
    learningRate: epoch < 4 ? 1e-3 : 1e-5,
    auc: 0.6 + epoch / 20,
    loss: 0.6 - epoch / 20,
    val_auc: 0.6 + epoch / 30,
    val_loss: 0.6 - epoch / 30,
  }));
  return { history, seconds: { head: 12, thaw: 90 }, interrupted: false };
}

/** An image of one colour per row. */
export async function sampleImage(row: number) {
  const [width, height] = [178, 218];
  return { data: new Uint8Array(width * height * 3).fill((row * 9) % 256), width, height };
}
