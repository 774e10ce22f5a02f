import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { areFilesWhole } from './listed-files';
import { NATIVE_MANIFEST, type NativeManifest } from './native-manifest';

/** Whether every file of a native backend's folder is what was written, byte for byte. */
export async function isNativeWhole(folder: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(folder, NATIVE_MANIFEST), 'utf8')) as NativeManifest;
    return await areFilesWhole(folder, manifest.files, { hash: true });
  } catch {
    return false;
  }
}
