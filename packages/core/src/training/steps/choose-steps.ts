import { OptionError, PrecisionError } from '../../errors';
import { nodeModules } from '../../platform/node';
import { NotAProgramError } from '../../program/ir';
import { interpreted } from '../../run/interpret';
import type { PreparedProgram } from '../../run/prepared-program';
import { inSession } from '../../run/tensorflow/in-session';
import { NoScratchFolderError } from '../../run/tensorflow/scratch-folder';
import { nativeBackend } from '../../tfjs-internals/native-backend';
import { programSteps } from './program-steps';
import type { StepOptions } from './step-options';
import { type StepProgramOptions, stepProgram } from './step-program';
import { tapeSteps } from './tape-steps';
import type { TrainingSteps } from './training-step';

/** Steps in the fastest possible way, and notes that say why a faster way wasn't possible. */
export interface ChosenSteps {
  readonly steps: TrainingSteps;
  readonly notes: readonly StepNote[];
}

/** Why a faster way wasn't possible. */
interface StepNote {
  readonly kind: 'no-graph' | 'several-graphs' | 'float32' | 'tape' | 'no-averages';
  /** A sentence for users. */
  readonly text: string;
}

export interface ChooseOptions extends Pick<StepOptions, 'way'> {
  /** What the steps may do without: bfloat16 in favour of float32, averages of the weights. */
  readonly negotiable: { readonly precision: boolean; readonly averages: boolean };
}

/**
 * Prepares the steps of a phase: as one TensorFlow graph on the native backend, else operation by operation, else by
 * TensorFlow.js' own differentiation.
 *
 * @throws PrecisionError if bfloat16 is required and the steps can't become a graph.
 */
export function chooseSteps(
  options: StepProgramOptions,
  { way = 'graph', negotiable }: ChooseOptions,
): ChosenSteps {
  const notes: StepNote[] = [];
  const backend = way === 'graph' && nodeModules() ? nativeBackend() : undefined;
  if (backend) {
    try {
      const program = stepProgram(options);
      const prepared = inSession(backend, program.entries);
      return { steps: programSteps('graph', prepared, program), notes: apartNotes(prepared) };
    } catch (error) {
      if (!(error instanceof NotAProgramError || error instanceof NoScratchFolderError)) throw error;
      notes.push({ kind: 'no-graph', text: `steps run op by op, not as one graph: ${error.message}.` });
    }
  }
  if (options.type === 'bfloat16') {
    if (!negotiable.precision) {
      throw new PrecisionError(
        `precision: expected steps that run as one graph, which bfloat16 needs; ${notes[0]?.text ?? `way is '${way}'.`} ` +
          "Pass 'float32' or 'auto'.",
      );
    }
    const text = 'steps are computed in float32, as bfloat16 needs steps that run as one graph.';
    notes.push({ kind: 'float32', text });
  }
  if (way === 'tape') return onTape(options, "way is 'tape'", notes, negotiable);
  try {
    const program = stepProgram({ ...options, type: 'float32' });
    return { steps: programSteps('plan', interpreted(program.entries), program), notes };
  } catch (error) {
    if (!(error instanceof NotAProgramError)) throw error;
    const text = `steps run by TensorFlow.js' own differentiation: ${error.message}.`;
    const others = notes.filter(({ kind }) => kind !== 'no-graph');
    return onTape(options, error.message, [{ kind: 'tape', text }, ...others], negotiable);
  }
}

/** A note that names the operations that run outside the graph, if there are any. */
function apartNotes({ apart }: PreparedProgram): StepNote[] {
  if (apart.length === 0) return [];
  const operations = apart.join(' and ').replace(/,$/, '');
  const text = `steps run as several graphs: TensorFlow has no kernel for ${operations}.`;
  return [{ kind: 'several-graphs', text }];
}

/**
 * Steps by TensorFlow.js' own differentiation.
 *
 * @throws OptionError if the phase asks for what only a program can do.
 */
function onTape(
  options: StepProgramOptions,
  why: string,
  notes: readonly StepNote[],
  negotiable: ChooseOptions['negotiable'],
): ChosenSteps {
  const leavesOut = options.averages && negotiable.averages;
  const asked = [
    options.labelWeights ? 'sampleWeights per image and label' : undefined,
    options.averages && !leavesOut ? 'weightAverage' : undefined,
    options.stochasticDepth ? 'stochasticDepth' : undefined,
  ].find((option) => option !== undefined);
  if (asked === undefined) {
    const text = 'weights are not averaged, as averages need steps that are a program.';
    const steps = tapeSteps({ ...options, averages: false });
    return { steps, notes: leavesOut ? [...notes, { kind: 'no-averages', text }] : notes };
  }
  throw new OptionError(
    `${asked}: expected steps that can be a program; ${why}. Leave ${asked} out, or use a loss made by defineLoss, ` +
      'an optimizer with a rule, and layers of known classes.',
  );
}
