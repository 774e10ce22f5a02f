/** A count, number of identities, seed or quality that no set can be made of. */
export class SyntheticFacesOptionError extends Error {
  readonly code = 'ERR_SYNTHETIC_FACES_OPTION';
  override readonly name = 'SyntheticFacesOptionError';
}

/** The target folder holds something that this generator did not write, and which it won't replace. */
export class SyntheticFacesFolderError extends Error {
  readonly code = 'ERR_SYNTHETIC_FACES_FOLDER';
  override readonly name = 'SyntheticFacesFolderError';
}

/** DiceBear's avataaars came out otherwise than the drawing expects: another version is installed. */
export class AvataaarsShapeError extends Error {
  readonly code = 'ERR_AVATAAARS_SHAPE';
  override readonly name = 'AvataaarsShapeError';
}
