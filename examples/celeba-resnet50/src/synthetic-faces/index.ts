export { CELEBA_ATTRIBUTES, DRAWN_ATTRIBUTES } from './attributes';
export { ensureSyntheticFaces } from './ensure-synthetic-faces';
export { SyntheticFacesFolderError, SyntheticFacesOptionError } from './errors';
export { writeSyntheticFaces } from './write-synthetic-faces';
