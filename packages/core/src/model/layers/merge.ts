import type { Value } from '../../program/ir';
import { sameSizes } from '../../program/operations/broadcasting';
import { add } from '../../program/operations/sum';
import type { Ops } from '../../program/ops';
import type { LayerCall, TranslatedLayer } from '../layer-calls';
import type { ModelProgramBuilder } from '../model-program-builder';
import type { LayerTranslation } from './layer-translation';

/** Add. It absorbs an activation after it. */
export const sum: LayerTranslation = (_, call, builder) => {
  const values = ofOneRank(call, builder);
  return {
    emit: () => add(builder.program, values, {}),
    activated: (activation) => ({ emit: () => add(builder.program, values, { activation }) }),
  };
};

function merged(merge: (ops: Ops, values: readonly Value[]) => Value): LayerTranslation {
  return (_, call, builder) => ({ emit: () => merge(builder.ops, ofOneRank(call, builder)) });
}

function pairwise(name: 'sub' | 'mul' | 'maximum' | 'minimum'): LayerTranslation {
  return merged((ops, values) => values.reduce((total, value) => ops[name](total, value)));
}

/** Subtract. */
export const difference = pairwise('sub');
/** Multiply, as in squeeze-and-excite blocks. */
export const product = pairwise('mul');
/** Maximum. */
export const largest = pairwise('maximum');
/** Minimum. */
export const smallest = pairwise('minimum');

/** Average. */
export const average = merged((ops, [first, ...rest]) => {
  const total = rest.reduce((sum, value) => ops.add(sum, value), first);
  return ops.div(total, rest.length + 1);
});

/** CustomScaleLayer, the scaled sum of InceptionResNetV2. */
export const scaledSum: LayerTranslation = (layer, call, builder) => {
  const { ops } = builder;
  const { scale } = layer.getConfig() as { readonly scale: number };
  const [shortcut, branch] = builder.values(call);
  return { emit: () => ops.add(shortcut, ops.mul(branch, scale)) };
};

/** The inputs of a merge layer. Inputs with fewer axes get axes of size 1 after the batch's axis, as in tfjs-layers. */
function ofOneRank(call: LayerCall<TranslatedLayer>, builder: ModelProgramBuilder): Value[] {
  const values = builder.values(call);
  const rank = Math.max(...values.map(({ sizes }) => sizes.length));
  return values.map((value) => {
    const [images, ...rest] = value.sizes;
    const sizes = [images, ...new Array(rank - value.sizes.length).fill(1), ...rest];
    return sameSizes(sizes, value.sizes) ? value : builder.ops.reshape(value, sizes);
  });
}
