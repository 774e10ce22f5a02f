import { packageConfig } from '../../tools/build/package-config';

export default packageConfig({
  entry: { index: 'src/index.ts', wasm: 'src/wasm/index.ts', node: 'src/node.ts', cli: 'src/cli.ts' },
  dts: { entry: { index: 'src/index.ts', wasm: 'src/wasm/index.ts', node: 'src/node.ts' } },
});
