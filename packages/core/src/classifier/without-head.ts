import * as tfl from '@tensorflow/tfjs-layers';

const PROBABILITIES = ['softmax', 'sigmoid'];

/** Layers between the scores of a head and their probabilities, which change no number. */
const SHAPES = ['Reshape', 'Flatten', 'Dropout'];

/**
 * The features that a network's head of probabilities reads. A value that no head gives is returned as it is.
 *
 * A head is a layer that gives scores, dense or a 1×1 convolution as in Keras' MobileNets, with a softmax or sigmoid in it or
 * behind it, and dropout before it. The head of a nested model at the network's end is found, too: the nested model is then
 * called anew without its head.
 */
export function withoutHead(output: tfl.SymbolicTensor): tfl.SymbolicTensor {
  let x = output;
  let isProbability = false;
  for (; ; x = before(x)) {
    const kind = classOf(x);
    if (kind === 'Softmax' || (kind === 'Activation' && givesProbabilities(x))) isProbability = true;
    else if (!SHAPES.includes(kind)) break;
  }
  if (x.sourceLayer instanceof tfl.LayersModel) return withoutInnerHead(x.sourceLayer, x) ?? output;
  if (!givesScores(x) || !(isProbability || givesProbabilities(x))) return output;
  x = before(x);
  while (classOf(x) === 'Dropout') x = before(x);
  return x;
}

function withoutInnerHead(
  inner: tfl.LayersModel,
  output: tfl.SymbolicTensor,
): tfl.SymbolicTensor | undefined {
  const [end, other] = inner.outputs;
  const features = withoutHead(end);
  if (other !== undefined || features === end) return undefined;
  const cut = tfl.model({ inputs: inner.inputs, outputs: features, name: inner.name });
  return cut.apply(output.inputs) as tfl.SymbolicTensor;
}

function classOf(x: tfl.SymbolicTensor): string {
  return x.sourceLayer.getClassName();
}

function before(x: tfl.SymbolicTensor): tfl.SymbolicTensor {
  return x.inputs[0] as tfl.SymbolicTensor;
}

function configOf(x: tfl.SymbolicTensor): { readonly activation?: string; readonly kernelSize?: number[] } {
  return x.sourceLayer.getConfig();
}

function givesProbabilities(x: tfl.SymbolicTensor): boolean {
  return PROBABILITIES.includes(configOf(x).activation ?? '');
}

function givesScores(x: tfl.SymbolicTensor): boolean {
  return classOf(x) === 'Dense' || (classOf(x) === 'Conv2D' && String(configOf(x).kernelSize) === '1,1');
}
