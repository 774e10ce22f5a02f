import { NativeSetupError } from './native-setup-error';
import { runCommand } from './run-command';

/**
 * A C++ compiler: `$CXX`, else g++, c++ or clang++ (clang++ first on macOS).
 *
 * @throws {NativeSetupError} `ERR_NATIVE_NO_COMPILER`
 */
export async function findCompiler(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const isMac = process.platform === 'darwin';
  const candidates = environment.CXX
    ? [environment.CXX]
    : isMac
      ? ['clang++', 'c++', 'g++']
      : ['g++', 'c++', 'clang++'];
  for (const compiler of candidates) {
    const { code } = await runCommand(compiler, ['--version'], { env: environment });
    if (code === 0) return compiler;
  }
  throw new NativeSetupError(
    'ERR_NATIVE_NO_COMPILER',
    `No C++ compiler was found (tried ${candidates.join(', ')}).`,
    isMac
      ? 'Install one with xcode-select --install, or set CXX.'
      : 'Install one (apt-get install g++, dnf install gcc-c++), or set CXX.',
  );
}
