import { bundleLibraries } from '../../tools/build/bundle-libraries';
import { inlineImageWorker } from '../../tools/build/inline-image-worker';
import { packageConfig } from '../../tools/build/package-config';

export default packageConfig({ esbuildPlugins: [inlineImageWorker, bundleLibraries] });
