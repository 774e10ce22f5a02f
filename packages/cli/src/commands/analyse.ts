import { Command, Option } from 'commander';
import { addDataOptions, DATA_ARGUMENT, type DataOptions } from '../data/data-options';
import { natural, outOption, whole } from '../terminal/parse-value';
import type { Terminal } from '../terminal/terminal';

/** The flags of `thaw analyse`. */
export interface AnalyseFlags extends DataOptions {
  /** The number of rows of the balanced subset; default a tenth of the rows, at least 100 and at most 3,900. */
  readonly subset?: number;
  readonly pool?: 'train' | 'validation' | 'test';
  readonly perGroup?: number;
  /** The least number of labels of each row of the subset. Default 1 if there are enough such rows. */
  readonly minLabels?: number;
  readonly contradictions: boolean;
  readonly seed: number;
  readonly out: string;
}

const MORE = `
Examples:
  $ thaw analyse photos/ labels.csv
  $ thaw analyse findings.csv --tags "Finding Labels" --group "Patient ID"`;

/** `thaw analyse`: statistics of multilabel data before training. */
export function analyseCommand(terminal: Terminal): Command {
  const command = new Command('analyse')
    .summary('look at labels before training: charts, tables, a balanced subset, a split')
    .description(
      'Writes charts and tables of the labels, a balanced subset and a split that does not leak. No image is read.',
    )
    .argument('[data...]', DATA_ARGUMENT)
    .option(
      '--subset <n>',
      'rows of the balanced subset (default: a tenth, at least 100 and at most 3900)',
      whole,
    )
    .addOption(
      new Option('--pool <part>', 'take the subset from an official part').choices([
        'train',
        'validation',
        'test',
      ]),
    )
    .option('--per-group <k>', 'at most k rows of the subset of one group', whole)
    .option('--min-labels <k>', 'at least k labels per row of the subset (0: any number)', natural)
    .option('--no-contradictions', 'leave out rows whose labels exclude each other (CelebA)')
    .option('--seed <n>', 'of the subset and the split', natural, 0)
    .addOption(outOption('runs/analysis'))
    .addHelpText('after', MORE);
  return addDataOptions(command).action(async (data: string[], flags: AnalyseFlags) => {
    const [{ openOutputFolder }, { checkData, openData }, { analyse }, { chartsLeftOut }, { writeAnalysis }] =
      await Promise.all([
        import('@thawjs/report'),
        import('../data/open-data'),
        import('../analysis/analyse'),
        import('../analysis/charts'),
        import('../analysis/write-analysis'),
      ]);
    checkData(data);
    const out = await openOutputFolder(flags.out);
    const labels = await openData(data, { ...flags, without: [] }, { labelsAlone: true });
    terminal.print(`${labels.length.toLocaleString('en-US')} rows, ${labels.labels.length} labels`);
    const analysis = analyse(labels, { ...flags, without: flags.without ?? [] });
    const { score, bound, emptyRows } = analysis.subset.subset!;
    terminal.print(
      `balanced subset of ${analysis.subset.length.toLocaleString('en-US')}: std/mean ${score.toFixed(4)}, and no such ` +
        `subset is below ${bound.toFixed(4)}; ${emptyRows.toLocaleString('en-US')} of its rows have no label`,
    );
    terminal.print(String(analysis.parts.balance));
    const leftOut = chartsLeftOut(analysis);
    if (leftOut) terminal.note(leftOut);
    terminal.print(`report: ${await writeAnalysis(out, analysis)}`);
  });
}
