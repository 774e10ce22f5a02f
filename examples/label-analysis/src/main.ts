import { openOutputFolder } from '@thawjs/report';
import { analyse } from './analyse';
import { openLabels } from './open-labels';
import { readOptions } from './options';
import { writeAnalysis } from './write-analysis';

const options = readOptions(process.argv.slice(2));
try {
  const out = await openOutputFolder(options.out);
  const labels = await openLabels(options);
  console.log(`${labels.length.toLocaleString('en-US')} rows, ${labels.labels.length} labels`);
  const analysis = analyse(labels, options);
  const { score, bound, emptyRows } = analysis.subset.subset!;
  console.log(
    `balanced subset of ${analysis.subset.length.toLocaleString('en-US')}: std/mean ${score.toFixed(4)}, and no such subset is below ${bound.toFixed(4)}; ${emptyRows.toLocaleString('en-US')} of its rows have no label`,
  );
  console.log(String(analysis.parts.balance));
  console.log(`report: ${await writeAnalysis(out, analysis)}`);
} catch (error) {
  if (!(error instanceof Error && 'code' in error)) throw error;
  console.error(`${error.name}: ${error.message}`);
  process.exitCode = 1;
}
