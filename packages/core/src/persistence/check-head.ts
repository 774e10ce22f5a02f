import { SavedModelError } from '../errors';

/**
 * Checks that a network has one output, with a number per label.
 *
 * @param missing a layer of the classifier that the network lacks, if there is one.
 * @throws SavedModelError
 */
export function checkHead(
  { outputs }: { readonly outputs: readonly { readonly shape: readonly (number | null)[] }[] },
  labels: readonly string[],
  source: string,
  missing?: string,
): void {
  const shapes = outputs.map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
  if (missing === undefined && shapes === `[, ${labels.length}]`) return;
  const what = missing === undefined ? `outputs ${shapes}` : `no layer "${missing}"`;
  throw new SavedModelError(
    `load: expected a network with a head for ${labels.length} labels at ${source}; it has ${what}. Save it again.`,
  );
}
