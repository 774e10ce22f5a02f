import { nodeModules } from '../platform/node-modules';

/**
 * Makes a function that frees the memory of an array at once, instead of when its garbage is collected. The array is empty
 * afterwards. Memory that the array shares with others, or that can't be moved, is left to garbage collection.
 *
 * V8 lets tens of megabytes of dead arrays pile up per thread before it collects them. A thread that decodes images makes
 * an array of 100 kB per image and hardly any other object, so the memory of the process would grow for a long time.
 */
export function memoryFreer(): (array: Uint8Array) => void {
  const { port1 } = new (nodeModules()!.threads.MessageChannel)();
  port1.close();
  return ({ buffer, byteLength }) => {
    if (byteLength < buffer.byteLength) return;
    try {
      // A closed port drops a message together with the memory that was moved into the message.
      port1.postMessage(undefined, [buffer as ArrayBuffer]);
    } catch {
      // Some memory of native addons must stay where it is.
    }
  };
}
