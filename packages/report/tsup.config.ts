import { packageConfig } from '../../tools/build/package-config';

export default packageConfig();
