import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

type CompileArgs = Parameters<LayersModel['compile']>[0];

/** What a model was compiled with. */
export interface CompiledWith {
  readonly optimizer: Optimizer;
  readonly loss: CompileArgs['loss'];
  readonly metrics: CompileArgs['metrics'];
}

/** What a model was compiled with; undefined if it never was. */
export function compiledWith(model: LayersModel): CompiledWith | undefined {
  const { optimizer_, loss, metrics } = model as unknown as {
    readonly optimizer_?: Optimizer;
    readonly loss: CompileArgs['loss'];
    readonly metrics: CompileArgs['metrics'];
  };
  return optimizer_ && { optimizer: optimizer_, loss, metrics };
}
