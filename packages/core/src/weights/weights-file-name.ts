import { digest } from '../digest';

/** The name of the weights file with a given content: `weights-<first 16 hexadecimal digits of its SHA-256>.bin`. */
export async function weightsFileName(weights: Uint8Array): Promise<string> {
  return `weights-${(await digest(weights, 'sha256')).slice(0, 16)}.bin`;
}

/** Whether a file has the name of a weights file. */
export function isWeightsFile(name: string): boolean {
  return /^weights-[0-9a-f]{16}\.bin$/.test(name);
}

/** Whether a file has a name that tells its content, and has another content. */
export async function isOtherContent(name: string, bytes: Uint8Array): Promise<boolean> {
  return isWeightsFile(name) && (await weightsFileName(bytes)) !== name;
}
