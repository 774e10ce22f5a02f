import { expect, test } from 'vitest';
import { acceptUndefined } from '../build/accept-undefined';

test.each([
  ['interface A { b?: string; }', 'interface A { b?: string | undefined; }'],
  ['interface A { readonly b?: () => void; }', 'interface A { readonly b?: (() => void) | undefined; }'],
  ['type A = { b?: { c?: 1 }[] };', 'type A = { b?: { c?: 1 | undefined }[] | undefined };'],
  ['declare class A { b?: B<{ c?: 1 }>; }', 'declare class A { b?: B<{ c?: 1 | undefined }> | undefined; }'],
  ['interface A { b?: C extends D ? 1 : 2 }', 'interface A { b?: (C extends D ? 1 : 2) | undefined }'],
  ['declare function f(o?: { b?: 1 }): void;', 'declare function f(o?: { b?: 1 | undefined }): void;'],
])('%s accepts undefined', (before, after) => {
  expect(acceptUndefined(before)).toBe(after);
});

test.each([
  'interface A { b: string; c?(): void; d?: undefined | 1; e?: any; f?: unknown; }',
  'declare function f(a?: string): void;',
])('%s stays as it is', (declarations) => {
  expect(acceptUndefined(declarations)).toBe(declarations);
});
