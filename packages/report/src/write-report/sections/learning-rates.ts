import type { HtmlReportSection } from '../../html-report';
import { lineChart } from '../charts/line-chart';
import { pictures } from '../charts/pictures';
import { printDigits } from '../page/print-number';
import type { ReportRun } from '../report-input';

/** From this ratio of the rates on, the axis is logarithmic. */
const WIDE = 10;

/** The learning rate of each epoch. */
export function learningRatesSection({ history }: ReportRun): HtmlReportSection | undefined {
  const points = history.flatMap(({ epoch, learningRate }) =>
    typeof learningRate === 'number' && Number.isFinite(learningRate) ? [[epoch, learningRate] as const] : [],
  );
  if (points.length === 0) return undefined;
  const rates = points.map(([, rate]) => rate);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  const marks = history.flatMap(({ epoch, phase }, at) =>
    at > 0 && phase !== history[at - 1].phase
      ? [{ x: epoch - 0.5, name: phase === 'thaw' ? 'fine-tuning' : phase }]
      : [],
  );
  return {
    heading: 'Learning rate',
    note: 'At the end of each epoch.',
    ...pictures((width) =>
      lineChart({
        title: 'Learning rate',
        description: `From ${printDigits(rates[0])} to ${printDigits(rates[rates.length - 1])}, at most ${printDigits(high)}.`,
        x: {
          name: 'epoch',
          min: points[0][0] - 0.5,
          max: points[points.length - 1][0] + 0.5,
          format: wholeNumber,
        },
        y: { name: 'learning rate', log: low > 0 && high / low > WIDE, format: printDigits },
        lines: [{ name: 'learning rate', color: 'train', points }],
        marks,
        width,
      }),
    ),
  };
}

function wholeNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : '';
}
