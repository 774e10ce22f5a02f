import type { GraphWriter } from './graph-writer';
import type { ProgramVariables } from './program-variables';

/** Variables as numbers in the graph itself: for a model that leaves this process. */
export function constantVariables(writer: GraphWriter): ProgramVariables {
  const names = new Map<unknown, string>();
  return {
    writer,
    changing: new Set(),
    read(variable) {
      throw new Error(`graph: "${variable.name}" changes, and is to be a constant.`);
    },
    source(variable) {
      let name = names.get(variable);
      if (!name) {
        name = writer.data(variable.dataSync<'float32'>(), variable.shape);
        names.set(variable, name);
      }
      return name;
    },
    // TensorFlow computes what depends on constants alone once, when the model is loaded.
    kept: (name) => name,
  };
}
