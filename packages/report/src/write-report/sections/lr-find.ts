import type { HtmlReportSection } from '../../html-report';
import { lineChart } from '../charts/line-chart';
import { pictures } from '../charts/pictures';
import { printDigits } from '../page/print-number';
import type { ReportLrFind } from '../report-input';

/** The loss over the learning rates that were tried, with the suggested ones. */
export function lrFindSection({
  rates,
  losses,
  smoothed,
  suggestions = {},
  diverged,
}: ReportLrFind): HtmlReportSection | undefined {
  const of = (values: ArrayLike<number>) =>
    Array.from(rates, (rate, at) => [rate, values[at]] as const).filter(([, loss]) => Number.isFinite(loss));
  const main = of(smoothed ?? losses);
  if (main.length === 0) return undefined;
  const named = Object.entries(suggestions).flatMap(([name, rate]) =>
    rate !== undefined && Number.isFinite(rate) ? [{ x: rate, name: `${name} ${printDigits(rate)}` }] : [],
  );
  const values = main.map(([, loss]) => loss);
  const [first, lowest] = [values[0], Math.min(...values)];
  // The axis ends here, because an exploding loss would flatten the rest of the line.
  const top = first + Math.max(first - lowest, Math.abs(first) * 0.1);
  const found = named.map(({ name }) => name).join(', ');
  return {
    heading: 'Search for a learning rate',
    note: `The loss while the learning rate rises step by step${diverged ? ', until it explodes' : ''}. A good rate lies where the loss falls steeply, well before its lowest point${found ? `; suggested: ${found}` : ''}.`,
    ...pictures((width) =>
      lineChart({
        title: 'Loss over learning rate',
        description: `Lowest loss ${lowest.toFixed(3)} of ${main.length} rates from ${printDigits(rates[0])} to ${printDigits(rates[rates.length - 1])}. ${found ? `Suggested: ${found}.` : 'No rate is suggested.'}`,
        x: { name: 'learning rate', log: true, format: printDigits },
        y: { name: 'loss', max: Number(Math.min(Math.max(...values), top).toPrecision(3)) },
        lines: [
          { name: smoothed ? 'smoothed' : 'loss', color: 'train', points: main },
          ...(smoothed ? [{ name: 'each step', color: 'axis' as const, points: of(losses) }] : []),
        ],
        marks: named,
        width,
      }),
    ),
  };
}
