import { DatasetFileError } from '../errors';
import type { ImagePlace } from '../images/mixed-images';

/** The places of the images that were found. */
export interface FoundPlaces {
  /** The place per name; undefined if the image is missing. */
  readonly places: readonly (ImagePlace | undefined)[];
  /** The folders that were searched, for error messages. */
  readonly where: string;
  /** The most similar existing name, for error messages. */
  readonly nearest: (name: string) => string | undefined;
}

/** The error of a name that leads out of the images' folder. */
export function leadsOut(caller: string, name: string, folder: string): DatasetFileError {
  return new DatasetFileError(
    `${caller}: expected images inside ${folder}; received "${name.slice(0, 100)}". Give the folder that holds all of them as root, or allow it with outside: 'allow'.`,
  );
}

/** The error of a name that several files fit. */
export function ambiguous(caller: string, name: string, paths: readonly string[]): DatasetFileError {
  return new DatasetFileError(
    `${caller}: expected one image for "${name}"; found ${paths.length}, ${paths.slice(0, 3).join(', ')}. Say which with findImage, or give a root that holds one alone.`,
  );
}
