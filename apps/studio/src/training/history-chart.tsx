import type { HistoryRow } from '@thawjs/core';
import { useEffect, useRef } from 'preact/hooks';
import { ScrollBox } from '../parts/scroll-box';
import { type HistoryPanel, historyPanels } from './history-series';
import { drawLines, type LineChart } from './line-chart';

/** The charts of a training while it runs, and their numbers as a table. */
export function HistoryCharts({ rows }: { readonly rows: readonly HistoryRow[] }) {
  const panels = historyPanels(rows);
  return (
    <>
      <div class="charts">
        {panels.map((panel) => (
          <Chart key={panel.title} panel={panel} />
        ))}
      </div>
      <details>
        <summary>The numbers of the charts</summary>
        <ScrollBox name="The numbers of the charts">
          <table>
            <thead>
              <tr>
                <th scope="col">Epoch</th>
                {panels.flatMap(({ title, series }) =>
                  series.map(({ name }) => (
                    <th scope="col" key={`${title} ${name}`}>
                      {title.split(' ')[0]}, {name}
                    </th>
                  )),
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ epoch }, row) => (
                <tr key={epoch}>
                  <th scope="row">{epoch + 1}</th>
                  {panels.flatMap(({ title, series }) =>
                    series.map(({ name, values }) => (
                      <td key={`${title} ${name}`}>{values[row]?.toFixed(3) ?? '–'}</td>
                    )),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </details>
    </>
  );
}

function Chart({ panel }: { readonly panel: HistoryPanel }) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<LineChart | undefined>(undefined);
  const latest = useRef(panel);
  latest.current = panel;
  useEffect(() => {
    let gone = false;
    void drawLines(place.current as HTMLDivElement).then((drawn) => {
      if (gone) return drawn.dispose();
      chart.current = drawn;
      drawn.show(latest.current);
    });
    return () => {
      gone = true;
      chart.current?.dispose();
    };
  }, []);
  useEffect(() => chart.current?.show(panel), [panel]);
  return (
    <figure>
      <figcaption>{panel.title}</figcaption>
      <div ref={place} class="chart" role="img" aria-label={described(panel)} />
    </figure>
  );
}

function described({ title, series }: HistoryPanel): string {
  const last = series.map(({ name, values }) => `${name}: ${values.at(-1)?.toFixed(3) ?? 'not known'}`);
  return `${title}. After the last epoch, ${last.join('; ')}.`;
}
