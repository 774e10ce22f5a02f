import type { Classifier } from '../../classifier/classifier';
import { digest } from '../../digest';
import { ResumeError } from '../../errors';
import { canonicalJson } from '../../features/canonical-json';
import type { LabelledImages } from '../../labelled-images';
import { modelWeights } from '../../weights/model-weights';

/** Texts and hashes that identify a run, by what each describes: `weight conv1/kernel`, `train ids`, `head epochs`. */
export type RunFingerprint = Readonly<Record<string, string>>;

/** The options of a phase by name. */
export type Recipe = Readonly<Record<string, unknown>>;

/** Options that don't change what a run learns, or that the fingerprint covers otherwise. */
const NO_RECIPE = new Set([
  'train',
  'validation',
  'callbacks',
  'signal',
  'history',
  'resume',
  'featureCache',
  'name',
]);

/** The fingerprint of what a run is started with: model, data, and the options of each phase. */
export async function runFingerprint(
  { model, labels, preprocessing }: Classifier,
  { train, validation }: { readonly train: LabelledImages; readonly validation?: LabelledImages },
  recipes: Readonly<Record<string, Recipe>>,
): Promise<RunFingerprint> {
  const print: Record<string, string> = {
    labels: JSON.stringify(labels),
    preprocessing: JSON.stringify(preprocessing),
  };
  for (const { name, variable } of modelWeights(model)) {
    const data = (await variable.data()) as Float32Array;
    print[`weight ${name}`] = await digest(bytesOf(data), 'sha256');
  }
  for (const [which, data] of Object.entries({ train, validation })) {
    print[which] = data ? `${data.length} images` : 'none';
    if (!data) continue;
    print[`${which} ids`] = await digest(data.ids.join('\n'), 'sha256');
    print[`${which} labels`] = await digest(bytesOf(data.y), 'sha256');
    if (data.known) print[`${which} known`] = await digest(bytesOf(data.known), 'sha256');
    print[`${which} augmentation`] = text(data.augmentation);
    const { fingerprint } = data;
    const files = typeof fingerprint === 'function' ? await fingerprint() : fingerprint;
    if (files) print[`${which} files`] = await digest(files, 'sha256');
  }
  for (const [phase, recipe] of Object.entries(recipes)) {
    for (const [option, value] of Object.entries(recipe)) {
      if (!NO_RECIPE.has(option) && value !== undefined) print[`${phase} ${option}`] = text(value);
    }
  }
  return print;
}

/**
 * Checks that a stored training state belongs to this run.
 *
 * @param source the state's folder, for the error message.
 * @throws ResumeError if the fingerprints differ; it names the first difference.
 */
export function checkFingerprint(source: string, stored: RunFingerprint, own: RunFingerprint): void {
  const different = [...new Set([...Object.keys(stored), ...Object.keys(own)])].find(
    (key) => stored[key] !== own[key],
  );
  if (different === undefined) return;
  const [before, now] = [stored, own].map((print) => short(print[different]));
  throw new ResumeError(
    `resume: expected the run that ${source} is of; its ${different} is ${before}, and ${now} here. ` +
      'Give the same model, data and options as before, or start anew in another folder.',
  );
}

function short(value: string | undefined): string {
  if (value === undefined) return 'absent';
  return value.length > 60 ? `${value.slice(0, 57)}…` : value;
}

/**
 * A value as text. Functions with `toJSON`, such as named schedules, are described by its result, other functions by their
 * source, arrays by their elements.
 */
function text(value: unknown): string {
  if (typeof value === 'function') {
    const { toJSON, definition, options } = value as {
      toJSON?: () => unknown;
      definition?: unknown;
      options?: unknown;
    };
    const described = toJSON && canonicalJson(toJSON.call(value));
    return described ?? `${definition ?? value} ${canonicalJson(options) ?? ''}`.trim();
  }
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>).join(',');
  if (Array.isArray(value)) return `[${value.map(text).join(',')}]`;
  if (typeof value === 'object' && value !== null && !(value instanceof RegExp)) {
    const entries = Object.entries(value).map(([key, entry]) => `${key}:${text(entry)}`);
    return `{${entries.sort().join(',')}}`;
  }
  return String(value);
}

function bytesOf(data: Float32Array | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
}
