import type { NodeModules } from '../../src/platform/node-types';

/** Node's file system, on which writing to a file fails once it would have more than so many bytes. */
export function failingDisk(
  node: NodeModules,
  { code, bytes }: { code: string; bytes: number },
): NodeModules {
  const open: typeof node.fs.promises.open = async (...args) => {
    const handle = await node.fs.promises.open(...args);
    const append = handle.appendFile.bind(handle);
    let written = 0;
    handle.appendFile = async (data: string | Uint8Array) => {
      written += data.length;
      if (written > bytes) throw Object.assign(new Error(`${code}: write`), { code });
      await append(data);
    };
    return handle;
  };
  return { ...node, fs: { ...node.fs, promises: { ...node.fs.promises, open } } };
}
