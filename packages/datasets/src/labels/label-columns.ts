import { UnknownLabelError } from '../errors';
import { nearestNames } from './nearest-names';

/**
 * The columns of the named labels, in the order of the names.
 *
 * @throws {UnknownLabelError} a name is not among the labels
 */
export function labelColumns(caller: string, names: readonly string[], labels: readonly string[]): number[] {
  return names.map((name) => {
    const column = labels.indexOf(name);
    if (column === -1) {
      const nearest = nearestNames(name, labels).join(', ');
      throw new UnknownLabelError(
        `${caller}: expected a label of this dataset (${labels.length} in all), received "${name}". Nearest: ${nearest}.`,
      );
    }
    return column;
  });
}
