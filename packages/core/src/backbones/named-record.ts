import { nearestNames } from '@thawjs/errors/nearest-names';
import { OptionError } from '../errors';
import type { BackboneRecord } from './backbone-record';
import { backboneRecords } from './backbone-records';

/**
 * The record of the network with the given name.
 *
 * @throws {OptionError} there is no such network; the message has the nearest names
 */
export function namedRecord(caller: string, name: string): BackboneRecord {
  const record = backboneRecords.find((one) => one.name === name);
  if (record) return record;
  const names = backboneRecords.map((one) => one.name);
  const other = /face/i.test(name)
    ? 'faceResnet() makes the face network.'
    : 'A network that it lacks is opened by openModel().';
  throw new OptionError(
    `${caller}: expected a name that backbones() lists; received ${JSON.stringify(name)}. ` +
      `Nearest: ${nearestNames(String(name), names).join(', ')}. ${other}`,
  );
}
