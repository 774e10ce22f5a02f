import { OptionError, PrecisionError } from '../errors';
import { nodeModules } from '../platform/node';
import type { NodeModules } from '../platform/node-types';
import type { NumberType } from '../program/ir';
import { nativeBackend } from '../tfjs-internals/native-backend';

/**
 * The type of number that convolutions and dense layers compute with. `'bfloat16'` needs the native backend and a
 * processor with avx512_bf16 or amx_bf16; there it takes about half the time of `'float32'` and half the memory for
 * activations. `'auto'` takes bfloat16 if it is available, else float32.
 *
 * Weights, optimizer slots, BatchNormalization's folding, pooled features, scores and the loss are always float32.
 */
export type Precision = 'float32' | 'bfloat16' | 'auto';

const DEFAULT_PRECISION: Precision = 'float32';

/** A `precision` option, resolved for this machine and backend. */
export interface ResolvedPrecision {
  readonly type: NumberType;
  /** Whether float32 is acceptable if a model can't be computed in bfloat16. */
  readonly negotiable: boolean;
  /** For `'auto'`: a sentence that says which type was taken, and why. */
  readonly note?: string;
}

/** The precision if nothing else was asked for. */
export const FLOAT32: ResolvedPrecision = { type: 'float32', negotiable: true };

/**
 * Checks a `precision` option and resolves it for the backend in use.
 *
 * @param who the call that has the option, for error messages.
 * @throws OptionError if the option isn't one of the three; PrecisionError for `'bfloat16'` if it isn't available.
 */
export function resolvePrecision(who: string, precision: Precision = DEFAULT_PRECISION): ResolvedPrecision {
  if (precision === 'float32') return FLOAT32;
  if (precision !== 'bfloat16' && precision !== 'auto') {
    throw new OptionError(
      `${who}: expected precision 'float32', 'bfloat16' or 'auto'; received ${JSON.stringify(precision)}.`,
    );
  }
  const lacking = lackingForBfloat16();
  if (precision === 'auto') {
    return lacking === undefined
      ? {
          type: 'bfloat16',
          negotiable: true,
          note: 'precision: bfloat16, which this processor computes with.',
        }
      : { ...FLOAT32, note: `precision: float32, as ${lacking}.` };
  }
  if (lacking === undefined) return { type: 'bfloat16', negotiable: false };
  throw new PrecisionError(
    `${who}: expected a native backend and a processor that compute in bfloat16; ${lacking}. ` +
      "Pass precision: 'float32', or 'auto', which takes bfloat16 only where it is.",
  );
}

/** Why bfloat16 isn't available, as a part of a sentence; undefined if it is available. */
export function lackingForBfloat16(node: NodeModules | undefined = nodeModules()): string | undefined {
  if (!node || !nativeBackend()) return 'it needs the native backend';
  if (node.process.env.TF_ENABLE_ONEDNN_OPTS === '0')
    return "oneDNN's kernels are off (TF_ENABLE_ONEDNN_OPTS=0)";
  let processor: string;
  try {
    processor = node.fs.readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return 'only Linux tells in /proc/cpuinfo whether the processor has it';
  }
  const flags = new Set(/^flags\s*:(.*)$/m.exec(processor)?.[1].split(' '));
  if (flags.has('avx512_bf16') || flags.has('amx_bf16')) return undefined;
  return 'the processor has neither avx512_bf16 nor amx_bf16';
}
