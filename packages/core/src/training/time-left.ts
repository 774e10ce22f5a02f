/** Returns a function to call after each batch. It estimates the seconds left from the mean time per kind of batch. */
export function timeLeft(epochs: number, trainBatches: number, validationBatches: number) {
  const done = { train: 0, validate: 0 };
  const seconds = { train: 0, validate: 0 };
  let last = performance.now();
  return (activity: 'train' | 'validate'): number => {
    const now = performance.now();
    done[activity] += 1;
    seconds[activity] += (now - last) / 1000;
    last = now;
    const perTrain = seconds.train / Math.max(1, done.train);
    // Before the first validation batch: a forward pass takes about a third of a training step.
    const perValidation = done.validate > 0 ? seconds.validate / done.validate : perTrain / 3;
    return (
      (epochs * trainBatches - done.train) * perTrain +
      (epochs * validationBatches - done.validate) * perValidation
    );
  };
}
