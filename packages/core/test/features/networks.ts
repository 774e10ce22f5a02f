import * as tfl from '@tensorflow/tfjs-layers';

/** A dense layer of 3 units with a seeded kernel, applied. */
export function dense(x: tfl.SymbolicTensor, name: string, seed = 1): tfl.SymbolicTensor {
  return denseLayer(name, seed).apply(x) as tfl.SymbolicTensor;
}

export function denseLayer(name: string, seed = 1): tfl.layers.Layer {
  const kernelInitializer = tfl.initializers.glorotUniform({ seed });
  return tfl.layers.dense({ units: 3, activation: 'tanh', kernelInitializer, name });
}

export function add(x: tfl.SymbolicTensor, y: tfl.SymbolicTensor, name: string): tfl.SymbolicTensor {
  return tfl.layers.add({ name }).apply([x, y]) as tfl.SymbolicTensor;
}

/** A model of vectors of 3. */
export function network(
  build: (x: tfl.SymbolicTensor) => tfl.SymbolicTensor | tfl.SymbolicTensor[],
  name = 'network',
): tfl.LayersModel {
  const inputs = tfl.input({ shape: [3], name: `${name}_input` });
  return tfl.model({ inputs, outputs: build(inputs), name });
}
