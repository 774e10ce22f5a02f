import type { NativeLoad, NativePlaces } from './native/native-load';

/** Replaces `native/load-native.ts` outside of Node, so that a browser's bundle doesn't contain it. */
export async function loadNative(_places?: NativePlaces): Promise<NativeLoad> {
  return { reason: 'it needs Node', remedy: '' };
}
