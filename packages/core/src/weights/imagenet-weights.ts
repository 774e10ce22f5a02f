import { nodeModules } from '../platform/node';
import { type DownloadOptions, download } from './download';

/** Keras: `BASE_WEIGHTS_PATH` and `WEIGHTS_HASHES` of applications/resnet.py, version 3.15. MD5, with and without top. */
const KERAS_BASE_URL = 'https://storage.googleapis.com/tensorflow/keras-applications/resnet/';
const MD5 = {
  resnet50: { withTop: '2cb95161c43110f7111970584f804107', noTop: '4d473c1dd8becc155b73f8504c6f6626' },
} as const;

export interface ImagenetWeightsOptions {
  readonly includeTop: boolean;
  /** The URL of the folder with the files. Default: Keras' own. */
  readonly baseUrl?: string;
}

/**
 * Gets the bytes of Keras' official ImageNet weights of a network: from Thaw's cache, from Keras' cache (~/.keras/models), or
 * by a download. The hash is always compared with the one that Keras publishes.
 *
 * @throws {DownloadError} if the file is in no cache and can't be downloaded
 */
export function imagenetWeights(
  network: keyof typeof MD5,
  { includeTop, baseUrl = KERAS_BASE_URL }: ImagenetWeightsOptions,
  options: DownloadOptions = {},
): Promise<Uint8Array> {
  const file = `${network}_weights_tf_dim_ordering_tf_kernels${includeTop ? '' : '_notop'}.h5`;
  const kerasFolder = kerasModelsFolder();
  return download(
    `${baseUrl.replace(/\/*$/, '/')}${file}`,
    { md5: MD5[network][includeTop ? 'withTop' : 'noTop'] },
    {
      ...options,
      otherCopies: [
        ...(options.otherCopies ?? []),
        ...(kerasFolder === undefined ? [] : [`${kerasFolder}/${file}`]),
      ],
    },
  );
}

function kerasModelsFolder(): string | undefined {
  const node = nodeModules();
  if (node === undefined) return undefined;
  return node.path.join(node.process.env.KERAS_HOME || node.path.join(node.os.homedir(), '.keras'), 'models');
}
