import { resNet } from './architectures/resnet';
import type { BackboneRecord } from './backbone-record';
import { preprocessings } from './preprocessings';

/** The folder of Keras' published weights. Their hashes are in Keras' sources. */
export const KERAS = 'https://storage.googleapis.com/tensorflow/keras-applications/';

/** The page on which Keras publishes accuracies. */
export const KERAS_TABLE = 'keras.io/api/applications';

/**
 * The record of `resnet50`. It is in a separate file, so that a page that needs only this network loads no other
 * records.
 */
export const resnet50Record = {
  name: 'resnet50',
  architecture: resNet({ blocks: [3, 4, 6, 3], bottleneck: true, form: 'keras' }),
  weights: [
    {
      url: `${KERAS}resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5`,
      checksum: { md5: '4d473c1dd8becc155b73f8504c6f6626' },
      top: false,
    },
    {
      url: `${KERAS}resnet/resnet50_weights_tf_dim_ordering_tf_kernels.h5`,
      checksum: { md5: '2cb95161c43110f7111970584f804107' },
      top: true,
    },
  ],
  licence: 'MIT',
  inputSize: [224, 224],
  preprocessing: preprocessings.caffe,
  parameters: 25636712,
  gflop: 7.72,
  top1: 74.9,
  accuracySource: KERAS_TABLE,
} as const satisfies BackboneRecord;
