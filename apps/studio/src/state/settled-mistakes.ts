import { signal } from '@preact/signals';
import { readSetting, writeSetting } from '../project/database';

const SETTING = 'settled mistakes';

/** The keys of mistakes whose marks the user has confirmed. */
export const settled = signal<ReadonlySet<string>>(new Set());

export async function openSettled(): Promise<void> {
  settled.value = (await readSetting<ReadonlySet<string>>(SETTING)) ?? new Set();
}

/** Hides a mistake whose mark is right. */
export async function settle(key: string): Promise<void> {
  settled.value = new Set([...settled.value, key]);
  await writeSetting(SETTING, settled.value);
}
