import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A classifier as it was read, before its network is made. */
export interface StoredClassifier {
  /** The parts besides the network, not checked yet; undefined if there are none. */
  readonly metadata: unknown;
  /** Whether the flags of the network's layers determine what is frozen. If not, the metadata do. */
  readonly flagsDecide: boolean;
  network(): Promise<LayersModel>;
}
