import { NativeSetupError } from './native-setup-error';
import { runCommand } from './run-command';

/**
 * A Python that has pip: `$THAW_PYTHON`, `python3` or `python`, the first that answers `-m pip --version`.
 *
 * @throws {NativeSetupError} `ERR_NATIVE_NO_PYTHON`, or `ERR_NATIVE_NO_PIP` if there is a Python without pip.
 */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const candidates = environment.THAW_PYTHON ? [environment.THAW_PYTHON] : ['python3', 'python'];
  let withoutPip: string | undefined;
  for (const python of candidates) {
    const { code, startError } = await runCommand(python, ['-m', 'pip', '--version'], { env: environment });
    if (code === 0) return python;
    if (!startError) withoutPip ??= python;
  }
  if (withoutPip) {
    throw new NativeSetupError(
      'ERR_NATIVE_NO_PIP',
      `${withoutPip} has no pip, which fetches TensorFlow's library from PyPI.`,
      'Install it (apt-get install python3-pip, or python3 -m ensurepip), or download the wheel on another machine and pass it: npx thaw-backends setup --wheel FILE.',
    );
  }
  throw new NativeSetupError(
    'ERR_NATIVE_NO_PYTHON',
    `No Python was found (tried ${candidates.join(', ')}); its pip fetches TensorFlow's library from PyPI.`,
    'Install Python 3 with pip (apt-get install python3-pip), set THAW_PYTHON, or pass a downloaded wheel: npx thaw-backends setup --wheel FILE.',
  );
}
