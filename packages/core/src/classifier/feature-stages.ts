import { OptionError } from '../errors';

/** The stages whose outputs are pooled: of every network, or a list for each of several networks. */
export type FeatureStages = readonly string[] | readonly (readonly string[])[];

/**
 * The stages to pool of each network.
 *
 * @param networks how many networks there are
 * @throws {OptionError} lists for another number of networks
 */
export function stagesPerNetwork(
  stages: FeatureStages | undefined,
  networks: number,
): readonly (readonly string[] | undefined)[] {
  if (!stages?.some((one) => Array.isArray(one)))
    return Array.from({ length: networks }, () => stages as readonly string[] | undefined);
  if (stages.length === networks && stages.every((one) => Array.isArray(one))) return stages;
  throw new OptionError(
    `classifier: expected featureStages as one list of names, or a list for each of ${networks} networks; ` +
      `received ${JSON.stringify(stages)}.`,
  );
}
