import { bundleLibraries } from '../../tools/build/bundle-libraries';
import { packageConfig } from '../../tools/build/package-config';

export default packageConfig({ esbuildPlugins: [bundleLibraries] });
