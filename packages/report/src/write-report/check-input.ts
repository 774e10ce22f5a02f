import { ReportInputError } from '../errors';
import type { ReportInput, ReportRun } from './report-input';

const NAMES: Readonly<Record<keyof ReportInput, true>> = {
  title: true,
  subtitle: true,
  facts: true,
  run: true,
  evaluation: true,
  test: true,
  slices: true,
  distribution: true,
  lrFind: true,
  search: true,
  sections: true,
  date: true,
};
const PARTS = ['run', 'evaluation', 'lrFind', 'search', 'sections', 'distribution'] as const;

/**
 * The input of a report, from a run alone or from named parts. Misspelt parts and parts of another form are
 * refused.
 */
export function checkInput(given: ReportRun | ReportInput): ReportInput {
  if (typeof given !== 'object' || given === null) {
    throw wrong(`a run, or an object with ${PARTS.join(', ')}`, String(given));
  }
  if ('history' in given) return { run: checkRun(given) };
  const unknown = Object.keys(given).filter((name) => !(name in NAMES));
  if (unknown.length > 0) {
    throw wrong(`parts named ${Object.keys(NAMES).join(', ')}`, `also ${unknown.join(', ')}`);
  }
  const { run, evaluation, lrFind, search, title, subtitle, facts, date } = given;
  for (const [name, text] of Object.entries({ title, subtitle })) {
    if (text !== undefined && typeof text !== 'string') throw wrong(`a ${name} that is a text`, String(text));
  }
  if (!isRecord(facts ?? {}, ['string', 'number']))
    throw wrong('facts that are texts or numbers by name', JSON.stringify(facts));
  if (date !== undefined && !(date instanceof Date && Number.isFinite(date.getTime())))
    throw wrong('a valid Date', String(date));
  if (PARTS.every((part) => given[part] === undefined)) {
    throw wrong(`at least one of ${PARTS.join(', ')}`, 'none of them');
  }
  if (run) checkRun(run);
  if (evaluation) {
    for (const name of ['labels', 'yTrue', 'yScore'] as const) {
      if (evaluation[name] === undefined) {
        throw wrong(
          'an evaluation with labels, yTrue and yScore, as evaluate returns it',
          `one without ${name}`,
        );
      }
    }
    if (evaluation.labels.length === 0) throw wrong('an evaluation of at least one label', 'one of none');
  }
  if (lrFind && lrFind.rates?.length !== lrFind.losses?.length) {
    throw wrong(
      'lrFind with one loss per rate',
      `${lrFind.rates?.length} rates and ${lrFind.losses?.length} losses`,
    );
  }
  if (search && !Array.isArray(search.trials))
    throw wrong('a search with a list of trials', typeof search.trials);
  return given;
}

function checkRun(run: ReportRun): ReportRun {
  const { history, recipe, seconds, versions, notes, tuning } = run;
  if (!Array.isArray(history)) throw wrong('a run with a history, one row per epoch', typeof history);
  const row = history.find((one) => !isRow(one));
  if (row !== undefined)
    throw wrong('history rows of a phase, an epoch and numbers by name', JSON.stringify(row));
  if (!isRecord(recipe ?? {})) throw wrong('a recipe that is an object', JSON.stringify(recipe));
  for (const list of [notes, tuning?.notes]) {
    if (list !== undefined && !(Array.isArray(list) && list.every((note) => typeof note === 'string')))
      throw wrong('notes that are a list of texts', JSON.stringify(list));
  }
  if (!isRecord(seconds ?? {}, ['number']))
    throw wrong('seconds that are numbers by phase', JSON.stringify(seconds));
  if (!isRecord(versions ?? {}, ['string']))
    throw wrong('versions that are texts by name', JSON.stringify(versions));
  return run;
}

/** Null stands for NaN in JSON. */
function isRow(row: unknown): boolean {
  if (!isRecord(row, ['number', 'string', 'object', 'undefined'])) return false;
  const { phase, epoch, ...columns } = row;
  const isColumn = (value: unknown) => typeof value !== 'object' || value === null;
  return typeof phase === 'string' && Number.isFinite(epoch) && Object.values(columns).every(isColumn);
}

/** Whether a value is an object whose values are of the given types, by default of any. */
function isRecord(value: unknown, types?: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return types === undefined || Object.values(value).every((one) => types.includes(typeof one));
}

function wrong(expected: string, received: string): ReportInputError {
  return new ReportInputError(
    `writeReport: expected ${expected}; received ${received}. Give what fineTune and evaluate return.`,
  );
}
