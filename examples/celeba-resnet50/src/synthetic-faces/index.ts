export { CELEBA_ATTRIBUTES, type CelebaAttribute, DRAWN_ATTRIBUTES } from './attributes';
export { ensureSyntheticFaces } from './ensure-synthetic-faces';
export { AvataaarsShapeError, SyntheticFacesFolderError, SyntheticFacesOptionError } from './errors';
export { type SyntheticFacesOptions, writeSyntheticFaces } from './write-synthetic-faces';
