import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { STAND_INS } from '../../src/native/cached-tfjs-node';
import { COMPILER_FLAGS } from '../../src/native/compile-addon';
import { nativeFolder } from '../../src/native/native-folder';
import { QUIET_ADDON_SOURCE } from '../../src/native/quiet-addon-source';

describe('nativeFolder', () => {
  it('names tfjs-node, TensorFlow, node-api and the platform', () => {
    const machine = `${process.platform}-${process.arch}`;
    expect(nativeFolder('/cache')).toMatch(
      new RegExp(`^/cache/native/tfjs-node-4\\.22\\.0-\\w{12}-tensorflow-2\\.21\\.0-napi8-${machine}-\\d+$`),
    );
  });

  it.runIf(process.platform === 'linux')('has another name whenever our own sources are others', () => {
    const recipe = JSON.stringify([COMPILER_FLAGS, QUIET_ADDON_SOURCE, STAND_INS]);
    const hash = createHash('sha256').update(recipe).digest('hex');
    // If this fails, raise RECIPE in native-folder.ts and write the new pair here.
    expect([/\d+$/.exec(nativeFolder('/cache'))![0], hash.slice(0, 16)]).toEqual(['1', '9c0bbeedfbcc87b2']);
  });
});
