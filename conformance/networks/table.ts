// Writes docs/networks.md from what the scripts beside it measured.
import { writeFileSync } from 'node:fs';
import { backbones } from '../../packages/core/src/prediction/list-backbones';
import { fixtureOf } from './fixture-of';
import { type NetworkResults, results } from './results';

/** Heads of columns, and the figures in them: several lie side by side. */
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
  ['→ `.keras`', 'out keras'],
  ['→ ONNX', 'out onnx'],
  ['→ SavedModel', 'out saved-model'],
  ['Keras → `.keras`', 'back .keras'],
  ['Keras → `.h5`', 'back .h5'],
];

const LIBRARIES: Readonly<Record<string, string>> = { 'keras.applications': 'Keras' };

const measured = results();
const names = backbones().map(({ name }) => name);
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
BatchNormalization. Other empty cells were not measured yet.

${table(NUMBERS, true)}

## Files in and out

In: files that the network's library wrote with its own writer; every layer and the scores are
compared. Empty cells: no library has the network in that form. Out: a classifier on the network,
opened by Keras, ONNX Runtime and TensorFlow; the probabilities are compared. Back: what Keras saves
of the classifier that it opened, opened here.

${table(FILES, false)}
`;
writeFileSync(new URL('../../docs/networks.md', import.meta.url), text);

function table(columns: readonly Column[], reference: boolean): string {
  const heads = ['network', ...(reference ? ['reference'] : []), ...columns.map(([head]) => head)];
  const rows = names.map((name) => [
    `\`${name}\``,
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
