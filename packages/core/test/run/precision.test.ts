import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';
import { describe, expect, test } from 'vitest';
import { OptionError, PrecisionError } from '../../src/errors';
import { nodeModules } from '../../src/platform/node';
import type { NodeModules } from '../../src/platform/node-types';
import { lackingForBfloat16, type Precision, resolvePrecision } from '../../src/run/precision';

const node = nodeModules()!;

/** Node's modules on a machine with such a /proc/cpuinfo, or none. */
const machine = (cpuinfo: string | undefined): NodeModules => ({
  ...node,
  fs: {
    ...node.fs,
    readFileSync: ((path: string) => {
      if (path !== '/proc/cpuinfo' || cpuinfo === undefined) throw new Error(`ENOENT: ${path}`);
      return cpuinfo;
    }) as typeof node.fs.readFileSync,
  },
});

const cpuinfo = (flags: string) => `processor\t: 0\nmodel name\t: avx512_bf16\nflags\t\t: fpu ${flags} sse\n`;

describe('with the native backend', () => {
  test.each([
    ['avx512_bf16', undefined],
    ['amx_bf16', undefined],
    ['avx512_bf16_of_another_kind', 'the processor has neither avx512_bf16 nor amx_bf16'],
    ['avx2', 'the processor has neither avx512_bf16 nor amx_bf16'],
  ])('a processor with the flag %s: %s', async (flag, lacking) => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    expect(lackingForBfloat16(machine(cpuinfo(flag)))).toBe(lacking);
  });

  test('without /proc/cpuinfo nothing tells', async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    expect(lackingForBfloat16(machine(undefined))).toMatch(/only Linux/);
  });

  test('a switch that turns oneDNN off is the reason', async () => {
    await useBestBackend({ prefer: ['native'], log: () => {} });
    const before = process.env.TF_ENABLE_ONEDNN_OPTS;
    process.env.TF_ENABLE_ONEDNN_OPTS = '0';
    try {
      expect(lackingForBfloat16(machine(cpuinfo('avx512_bf16')))).toMatch(/TF_ENABLE_ONEDNN_OPTS=0/);
    } finally {
      process.env.TF_ENABLE_ONEDNN_OPTS = before;
    }
  });
});

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  test('bfloat16 is refused with the reason, auto is float32 and says why', async () => {
    await useBestBackend({ prefer: [backend], log: () => {} });
    expect(tf.getBackend()).toBe(backend);
    expect(() => resolvePrecision('predict', 'bfloat16')).toThrow(PrecisionError);
    expect(() => resolvePrecision('predict', 'bfloat16')).toThrow(/^predict: .*needs the native backend/);
    expect(resolvePrecision('predict', 'auto')).toEqual({
      type: 'float32',
      negotiable: true,
      note: 'precision: float32, as it needs the native backend.',
    });
    expect(resolvePrecision('predict', 'float32').type).toBe('float32');
    expect(resolvePrecision('predict').type).toBe('float32');
  });
});

test.each(['float16', 'bf16', '', null, 16])('%j is refused as a precision', (precision) => {
  const resolve = () => resolvePrecision('predict', precision as Precision);
  expect(resolve).toThrow(OptionError);
  expect(resolve).toThrow(/^predict: expected precision 'float32', 'bfloat16' or 'auto'; received/);
});
