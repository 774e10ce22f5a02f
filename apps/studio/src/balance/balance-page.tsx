import { PageTitle } from '../parts/page-title';
import { ScrollBox } from '../parts/scroll-box';
import { project } from '../state/current-project';
import { setFilter } from '../state/view';
import { balanceOf, type LabelBalance, togetherOf } from './balance';

/** Shows how many images have each label, and which labels come together. */
export function BalancePage() {
  const { images, labels } = project.value;
  const balance = balanceOf(project.value);
  return (
    <>
      <PageTitle title="Balance of the labels">
        A network learns a label from images that have it and from images that lack it. Ten of each are a
        start; a hundred are better.
      </PageTitle>
      {labels.length === 0 || images.length === 0 ? (
        <p class="empty">
          Add images and labels first: <a href="#label">Images and labels</a>.
        </p>
      ) : (
        <>
          <ul class="advice">{balance.map(({ id, advice }) => advice && <li key={id}>{advice}</li>)}</ul>
          <ScrollBox name="Images per label">
            <table class="balance">
              <caption>Images per label</caption>
              <thead>
                <tr>
                  <th scope="col">Label</th>
                  <th scope="col">Has it</th>
                  <th scope="col">Lacks it</th>
                  <th scope="col">Not decided</th>
                  <th scope="col">Share</th>
                </tr>
              </thead>
              <tbody>
                {balance.map((label) => (
                  <BalanceRow key={label.id} label={label} />
                ))}
              </tbody>
            </table>
          </ScrollBox>
          {labels.length > 1 && <TogetherTable />}
        </>
      )}
    </>
  );
}

function BalanceRow({ label }: { readonly label: LabelBalance }) {
  const { id, name, yes, no, undecided, share } = label;
  const percent = Number.isNaN(share) ? undefined : Math.round(share * 100);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{yes}</td>
      <td>{no}</td>
      <td>
        {undecided === 0 ? (
          0
        ) : (
          <button
            type="button"
            aria-label={`Show the ${undecided} images that aren't decided for ${name}`}
            onClick={() => {
              setFilter({ kind: 'label', label: id, mark: 'undecided', text: '' });
              location.hash = '#label';
            }}
          >
            {undecided}
          </button>
        )}
      </td>
      <td>
        {percent === undefined ? (
          '–'
        ) : (
          <span class="share">
            {percent} %
            <span class="track" aria-hidden="true">
              <span style={{ width: `${percent}%` }} />
            </span>
          </span>
        )}
      </td>
    </tr>
  );
}

function TogetherTable() {
  const { labels } = project.value;
  const together = togetherOf(project.value);
  const most = Math.max(1, ...together);
  return (
    <ScrollBox name="Labels that come together">
      <table class="together">
        <caption>Images that have both labels</caption>
        <thead>
          <tr>
            <td />
            {labels.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map(({ id, name }, row) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {labels.map((other, column) => {
                const count = together[row * labels.length + column] ?? 0;
                return (
                  <td key={other.id} style={{ '--strength': `${Math.round((45 * count) / most)}%` }}>
                    {count}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
