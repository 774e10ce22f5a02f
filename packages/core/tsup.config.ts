import { packageConfig } from '../../tools/build/package-config';

export default packageConfig({ entry: ['src/index.ts', 'src/predict.ts'] });
