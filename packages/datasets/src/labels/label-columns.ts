import { nearestNames } from '@thawjs/errors/nearest-names';
import { UnknownLabelError } from '../errors';

/**
 * The columns of the named labels, in the order of the names.
 *
 * @throws {UnknownLabelError} a name is not among the labels
 */
export function labelColumns(
  caller: string,
  names: readonly string[],
  labels: readonly string[],
  thing: 'label' | 'column' = 'label',
): number[] {
  return names.map((name) => {
    const column = labels.indexOf(name);
    if (column === -1) {
      const nearest = nearestNames(name, labels).join(', ');
      throw new UnknownLabelError(
        `${caller}: expected a ${thing} of this dataset (${labels.length} in all), received "${name}". Nearest: ${nearest}.`,
      );
    }
    return column;
  });
}
