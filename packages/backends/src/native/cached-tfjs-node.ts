/** The sub-folder of a native backend's folder that holds tfjs-node's files. */
export const TFJS_NODE_IN_CACHE = 'node_modules/@tensorflow/tfjs-node';

/** The module that stands in for `@tensorflow/tfjs`; see `load-cached-backend.ts`. */
export const TFJS_STAND_IN = 'node_modules/@tensorflow/tfjs/index.js';

/** The files that Thaw writes into the folder. They stand in for modules that tfjs-node's files import. */
export const STAND_INS: Readonly<Record<string, string>> = {
  [TFJS_STAND_IN]: 'module.exports = {};\n',
  // One kernel asks for tfjs-core by its own name.
  'node_modules/@tensorflow/tfjs-core/index.js': "module.exports = require('@tensorflow/tfjs');\n",
  // TensorBoard's messages, which need google-protobuf; nothing of Thaw writes them.
  [`${TFJS_NODE_IN_CACHE}/dist/proto/api_pb.js`]: 'module.exports = {};\n',
};
