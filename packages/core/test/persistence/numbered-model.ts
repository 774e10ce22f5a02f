import type { io } from '@tensorflow/tfjs-core';

const VALUES = 50_000;

/** A model whose every weight, and whose metadata, is its number. */
export function numberedModel(number: number): io.ModelArtifacts {
  return {
    modelTopology: {},
    userDefinedMetadata: { number },
    weightSpecs: [{ name: 'weights', shape: [VALUES], dtype: 'float32' }],
    weightData: new Float32Array(VALUES).fill(number).buffer,
  };
}

/** The number of such a model; fails if its weights are another's. */
export function numberOf({ userDefinedMetadata, weightData }: io.ModelArtifacts): number {
  const { number } = userDefinedMetadata as { number: number };
  const values = new Float32Array(weightData as ArrayBuffer);
  if (values.length === VALUES && values.every((value) => value === number)) return number;
  throw new Error(`model ${number} has other weights: ${values.length} of them, first ${values[0]}`);
}
