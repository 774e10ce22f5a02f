import { setUpPinned } from '../../packages/backends/src/native/setup-native';

// The process that is killed. Its options and pins are in the first argument.
const { options, wheel, tfjsNodeSha256 } = JSON.parse(process.argv[2]);
setUpPinned({ ...options, log: () => {} }, { wheel: () => wheel, tfjsNodeSha256 }).then(
  ({ from }) => console.log(from),
  (error: Error & { code?: string }) => {
    console.log(error.code ?? error.stack);
    process.exitCode = 1;
  },
);
