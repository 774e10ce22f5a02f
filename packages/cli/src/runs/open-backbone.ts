import { type Backbone, backbone, faceResnet, type TransferProgress } from '@thawjs/core';
import type { NetworkFlags } from '../commands/training-options';
import type { Terminal } from '../terminal/terminal';

/** Opens the pretrained network that a command line names. */
export function openBackbone(
  { backbone: name, weights, size, seed }: Pick<NetworkFlags, 'backbone' | 'weights' | 'size' | 'seed'>,
  { note }: Terminal,
): Promise<Backbone> {
  const inputSize = size && { inputSize: size };
  if (name === 'face') return faceResnet({ ...inputSize });
  return backbone(name, {
    weights: weights === 'none' ? null : weights,
    seed,
    ...inputSize,
    download: { onProgress: everyTenth(name, note) },
  });
}

function everyTenth(name: string, note: (line: string) => void) {
  let shown = 0;
  return ({ receivedBytes, totalBytes }: TransferProgress) => {
    const tenth = totalBytes ? Math.floor((10 * receivedBytes) / totalBytes) : 0;
    if (tenth <= shown) return;
    shown = tenth;
    note(`weights of ${name}: ${10 * tenth} % of ${((totalBytes ?? 0) / 1e6).toFixed(0)} MB`);
  };
}
