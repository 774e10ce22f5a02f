import type { CallInput } from './call-numbers';
import { WeightsFileError } from './errors';
import { type Json, objectOf } from './json';

/** A constant of a call: one number, or one per channel. */
export type Constant = number | readonly number[];

/** A call of a layer or operation: its inputs in the form of Keras 2, and the constants among its arguments. */
export interface Call {
  readonly tensors: readonly CallInput[];
  readonly constants: readonly Constant[];
  /** Whether a constant stands before the tensor, as in `1 - x`. */
  readonly constantFirst: boolean;
  /** The arguments by name, and what else is no tensor among the others. */
  readonly options: Json;
}

/**
 * The calls of a layer, from its `inbound_nodes` by Keras 2 or 3.
 *
 * @throws {WeightsFileError} a tensor as another argument than an input
 */
export function callsOf(nodes: unknown, source: string, name: string): Call[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.map((node) => (Array.isArray(node) ? kerasTwoCall(node) : kerasThreeCall(node, source, name)));
}

function kerasThreeCall(node: unknown, source: string, name: string): Call {
  const { args, kwargs } = objectOf(node) ?? {};
  const options = objectOf(kwargs) ?? {};
  const tensors: CallInput[] = [];
  const constants: Constant[] = [];
  let constantFirst = false;
  const training = typeof options.training === 'boolean' ? { training: options.training } : {};
  const visit = (value: unknown, depth: number) => {
    const history = historyOf(value);
    const constant = constantOf(value);
    if (history) tensors.push([String(history[0]), Number(history[1]), Number(history[2]), training]);
    else if (constant !== undefined) {
      constantFirst ||= tensors.length === 0;
      constants.push(constant);
    } else if (Array.isArray(value) && depth < 8) for (const one of value) visit(one, depth + 1);
  };
  visit(args, 0);
  for (const [key, value] of Object.entries(options)) {
    if (historyOf(value) && key !== 'mask')
      throw new WeightsFileError(
        `${source}: layer "${name}" is called with a tensor as "${key}", which isn't read.`,
      );
  }
  const others = Array.isArray(args) ? args.slice(1) : [];
  return { tensors, constants, constantFirst, options: { ...options, args: others } };
}

function historyOf(value: unknown): readonly unknown[] | undefined {
  const history = objectOf(objectOf(value)?.config)?.keras_history;
  return Array.isArray(history) ? history : undefined;
}

/** The numbers of a constant: a number, an array of numpy, or a tensor with all numbers along its last axis. */
function constantOf(value: unknown): Constant | undefined {
  if (typeof value === 'number') return value;
  const { class_name, config } = objectOf(value) ?? {};
  if (class_name === '__numpy__' || class_name === '__tensor__')
    return alongLastAxis(objectOf(config)?.value);
  return undefined;
}

/** The numbers of a nested list whose axes but the last are of size 1. */
function alongLastAxis(value: unknown): Constant | undefined {
  let inner = value;
  while (Array.isArray(inner) && inner.length === 1 && Array.isArray(inner[0])) inner = inner[0];
  if (typeof inner === 'number') return inner;
  const numbers: unknown[] = Array.isArray(inner) ? inner : [];
  const isList = numbers.length > 0 && numbers.every((one) => typeof one === 'number');
  return isList ? (numbers as number[]) : undefined;
}

/** What Keras 2 writes in place of a layer's name where a constant is the first argument. */
const CONSTANT = '_CONSTANT_VALUE';

function kerasTwoCall(node: readonly unknown[]): Call {
  const entries = (typeof node[0] === 'string' ? [node] : node) as readonly [
    string,
    number,
    unknown,
    unknown?,
  ][];
  const tensors: CallInput[] = [];
  const constants: Constant[] = [];
  const others: CallInput[] = [];
  let constantFirst = false;
  let options: Json = {};
  for (const [layer, call, output, kwargs] of entries) {
    const given = objectOf(kwargs) ?? {};
    const { training } = given;
    options = { ...given, ...options };
    const constant = layer === CONSTANT ? alongLastAxis(output) : undefined;
    if (constant !== undefined) {
      constants.push(constant);
      constantFirst = true;
    } else tensors.push([layer, call, Number(output), typeof training === 'boolean' ? { training } : {}]);
    for (const other of [given.y, given.bias]) {
      const along = alongLastAxis(other);
      if (along !== undefined) constants.push(along);
      else if (Array.isArray(other) && typeof other[0] === 'string')
        others.push([other[0], Number(other[1]), Number(other[2]), {}]);
    }
  }
  return { tensors: [...tensors, ...others], constants, constantFirst, options };
}
