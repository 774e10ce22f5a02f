// Prints the names of all networks, smallest first. For a given network, prints whether its reference is Keras or
// PyTorch.
import { backbones } from '../../packages/core/src/prediction/list-backbones';
import { fixtureOf } from './fixture-of';

const [asked] = process.argv.slice(2);
if (asked !== undefined) {
  console.log(fixtureOf(asked).reference === 'keras.applications' ? 'keras' : 'torch');
} else {
  const bySize = backbones().toSorted((a, b) => a.parameters - b.parameters);
  console.log(bySize.map(({ name }) => name).join(' '));
}
