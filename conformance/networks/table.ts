// Writes docs/networks.md from the figures that the scripts beside it measured.
import { writeFileSync } from 'node:fs';
import { backbones } from '../../packages/core/src/prediction/list-backbones';
import { fixtureOf } from './fixture-of';
import { type NetworkResults, results } from './results';

/** The head of a column, and the figures that its cells show side by side. */
type Column = readonly [head: string, ...figures: string[]];

const NUMBERS: readonly Column[] = [
  ['outputs', 'outputs native', 'outputs wasm'],
  ['gradients, BN frozen', 'frozen native', 'frozen wasm'],
  ['affine', 'affine native', 'affine wasm'],
  ['training', 'training native', 'training wasm', 'training, the reference in float32'],
];
const FILES: readonly Column[] = [
  ['`.h5`', 'in .h5'],
  ['`.weights.h5`', 'in .weights.h5'],
  ['`.keras`', 'in .keras'],
  ['`.safetensors`', 'in .safetensors'],
  ['`.pth`', 'in .pth'],
  ['→ `.keras`, same kernels', 'out keras', 'out keras, fused'],
  ['→ ONNX', 'out onnx'],
  ['→ SavedModel', 'out saved-model'],
  ['Keras → `.keras`', 'back .keras'],
  ['Keras → `.h5`', 'back .h5'],
  ['from float64: Keras, ours', 'out keras, its own from float64', 'out from float64'],
];

/** Files of whole networks by Keras 3 and tf_keras. */
const OPENED: readonly Column[] = [
  ['Keras 3 `.h5`, same kernels', 'keras3 .h5', 'keras3 .h5, fused'],
  ['Keras 3 `.keras`, same kernels', 'keras3 .keras', 'keras3 .keras, fused'],
  ['tf_keras `.h5`', 'keras2 .h5'],
  ['tf_keras `.keras`', 'keras2 .keras'],
  ['Keras 3 from float64: Keras, ours', 'keras3, its own from float64', 'keras3 from float64'],
  ['tf_keras from float64: Keras, ours', 'keras2, its own from float64', 'keras2 from float64'],
];

const APPLICATION = 'keras.applications.';

const LIBRARIES: Readonly<Record<string, string>> = { 'keras.applications': 'Keras' };

const measured = results();
const names = backbones().map(({ name }) => name);
const isComplete = names.every((name) => 'out onnx' in measured[name] && 'affine wasm' in measured[name]);
const text = `# Networks

Every network that \`backbones()\` lists, beside its reference: a library's own network with the same
made-up weights. The scripts in \`conformance/networks\` write this page; a figure is the largest
relative difference that they found. \`bash conformance/networks/run.sh NAME\` measures a network
anew.

## The same numbers

Each cell has the native backend's figure, where the step is one TensorFlow graph, then wasm's.
Outputs: every layer and the scores, 2 images of 72×65. Gradients: one step on 4 images of 64×64,
every weight, beside the reference in float64, with BatchNormalization frozen, affine (gamma and
beta learn on fixed statistics) and in training (the batch's statistics; the moving ones move, too).
In training the figure is the length of the difference of all gradients as one vector: a ReLU whose
input rounds to the other side of 0 moves single gradients by per cents. The third figure there is
the reference's own difference, in float32, from itself in float64. ConvNeXt has no
BatchNormalization.${isComplete ? '' : ' Other empty cells were not measured yet.'}

Images for which the input of a ReLU lies too near to where the function bends are passed over:
rounding there moves single gradients by per cents, in the reference itself, too. Keras' ResNet101
and ResNet152 have such an input, within 3e−7 of 0, in each of 24 sets of images: with fixed
statistics, the reference in float32 is, as one vector of all gradients, 1e−4 and 5e−4 from itself
in float64; ours 4e−5 and 3e−4 (native), 4e−4 and 2e−3 (wasm). The table has the worst weight.

${table(NUMBERS, names, true)}

## Files in and out

In: files that the network's library wrote with its own writer; every layer and the scores are
compared. Empty cells: no library has the network in that form. Out: a classifier on the network,
opened by Keras, ONNX Runtime and TensorFlow; the probabilities are compared. Back: what Keras saves
of the classifier that it opened, opened here.

Two programs that do the same arithmetic in another order differ by rounding, and a deep network of
random weights magnifies that from layer to layer (Yang and others, 2019). Keras 3 computes a
BatchNormalization as x · factor + shift; TensorFlow's fused kernel, which tf_keras and
TensorFlow.js' layers use, subtracts the mean first; \`predict\` and exports fold it into a
convolution. So \`→ .keras\` has two figures: Keras' outputs as they are beside those of \`predict\`,
and with the fused kernel in each BatchNormalization beside those of the layers. The second figure,
and what comes back from Keras, must be below 1e−5. The others may be five times as large as Keras'
own difference from itself in float64, which the last column has beside ours.

${table(FILES, names)}

### Files of timm

The names in a file don't tell a network of timm called \`tf_…\`, which pads as TensorFlow does, from
the one without \`tf_\`, which pads as PyTorch does: take the network of the same line.

| timm                                                | here                                              |
| --------------------------------------------------- | ------------------------------------------------- |
| \`tf_efficientnet_lite0\` to \`_lite2\`             | \`efficientnet_lite0\` to \`_lite2\`              |
| \`tf_efficientnet_b0\` to \`_b3\`                   | \`efficientnet_b0\` to \`_b3\`                    |
| \`efficientnet_b0\` to \`_b3\`                      | \`efficientnet_b0_torchvision\` to \`_b3_…\`      |
| \`resnet18\`, \`resnet34\`                          | the same                                          |
| \`resnet50\`, \`resnet101\`, \`resnet152\`          | \`resnet50_torchvision\` and so on                |
| \`mobilenetv2_100\`                                 | \`mobilenet_v2\`                                  |
| \`tf_mobilenetv3_small_100\`, \`…_large_100\`       | \`mobilenet_v3_small\`, \`mobilenet_v3_large\`    |
| \`mobilenetv3_small_100\`, \`mobilenetv3_large_100\` | \`mobilenet_v3_small_timm\`, \`…_large_timm\`     |
| \`densenet121\`                                     | \`densenet121_torchvision\`                       |
| \`convnext_tiny\`                                   | the same                                          |

## Networks that no record has

\`openModel\` opens a whole network, architecture and weights. Each kind of network in Keras'
applications, with random weights and images of 75×75, saved by Keras 3 and by tf_keras, gives the
same outputs (largest relative difference), and its features to a new head. BatchNormalization has
the statistics of its inputs for 16 images, with deviations of a third of the mean or more.

The cells of Keras 3 have two figures: its outputs as they are, and its outputs with TensorFlow's
fused kernel in each BatchNormalization. The second figure must be below 1e−5. The last columns
compare float32 with the same network in float64, as Keras computes it: ours may be five times as
far from it as Keras' own.
\`conformance/backbones/brought_keras.py\` also writes networks as Keras' tutorials build them
(augmentation and preprocessing inside, frozen networks in networks, heads of several kinds), which
the tests open.

${table(
  OPENED,
  Object.keys(measured).filter((name) => name.startsWith(APPLICATION)),
)}
`;
writeFileSync(new URL('../../docs/networks.md', import.meta.url), text);

function table(columns: readonly Column[], names: readonly string[], reference = false): string {
  const heads = ['network', ...(reference ? ['reference'] : []), ...columns.map(([head]) => head)];
  const rows = names.map((name) => [
    `\`${name.replace(APPLICATION, '')}\``,
    ...(reference ? [LIBRARIES[fixtureOf(name).reference] ?? fixtureOf(name).reference] : []),
    ...columns.map(([, ...figures]) => cell(measured[name] ?? {}, figures)),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [heads, heads.map(() => '---'), ...rows].map(line).join('\n');
}

function cell(of: NetworkResults, figures: readonly string[]): string {
  const found = figures.map((figure) => of[figure]);
  if (found.every((value) => value === undefined)) return '';
  return found
    .map((value) => (value === 0 ? '0' : (value?.toExponential(0).replace('e-', 'e−') ?? '–')))
    .join(' ');
}
