import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

type CompileArgs = Parameters<LayersModel['compile']>[0];

/** The arguments of a model's `compile`. */
export interface CompiledWith {
  readonly optimizer: Optimizer;
  readonly loss: CompileArgs['loss'];
  readonly metrics: CompileArgs['metrics'];
}

/** The arguments of a model's last `compile`; undefined if the model was never compiled. */
export function compiledWith(model: LayersModel): CompiledWith | undefined {
  const { optimizer_, loss, metrics } = model as unknown as {
    readonly optimizer_?: Optimizer;
    readonly loss: CompileArgs['loss'];
    readonly metrics: CompileArgs['metrics'];
  };
  return optimizer_ && { optimizer: optimizer_, loss, metrics };
}
