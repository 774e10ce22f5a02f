import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { NeedsModel } from '../parts/needs-model';
import { PageTitle } from '../parts/page-title';
import { exportKeras, exportOnnx, exportTfjs, type Weights } from '../state/export-model';
import { attempt, tell } from '../state/notices';
import { titleOf } from '../training/hosted-backbones';
import type { TrainedModel } from '../training/trained-model';
import { type Snippet, snippets } from './snippets';

/** Offers the trained model as files, and code that uses them. */
export function DownloadPage() {
  return (
    <>
      <PageTitle title="Download">
        The model is yours. Labels, thresholds and preprocessing are in the files.
      </PageTitle>
      <NeedsModel>{(model) => <Downloads model={model} />}</NeedsModel>
    </>
  );
}

function Downloads({ model }: { readonly model: TrainedModel }) {
  const weights = useSignal<Weights>('float32');
  const busy = useSignal(false);
  const give = (write: () => Promise<void>) =>
    attempt(async () => {
      busy.value = true;
      await write().finally(() => (busy.value = false));
    });
  const { choice } = model;
  return (
    <>
      <div class="bar">
        <button
          type="button"
          class="primary"
          disabled={busy.value}
          onClick={() => give(() => exportTfjs(weights.value))}
        >
          TensorFlow.js (model.zip)
        </button>
        <button type="button" disabled={busy.value} onClick={() => give(exportOnnx)}>
          ONNX (model.onnx)
        </button>
        <button type="button" disabled={busy.value} onClick={() => give(exportKeras)}>
          Keras (model.keras)
        </button>
        <label>
          Weights of TensorFlow.js{' '}
          <select
            value={weights.value}
            onChange={({ currentTarget }) => (weights.value = currentTarget.value as Weights)}
          >
            <option value="float32">exact</option>
            <option value="float16">half the size</option>
            <option value="int8">a quarter of the size</option>
          </select>
        </label>
        <span role="status">{busy.value && 'Writing…'}</span>
      </div>
      <p class="hint">
        The network is {titleOf(choice.backbone)}, whose weights have the licence {choice.backbone.licence}:
        name it where you publish the model.
      </p>
      {snippets(choice.size).map((snippet) => (
        <CodeBlock key={snippet.title} snippet={snippet} />
      ))}
    </>
  );
}

function CodeBlock({ snippet: { title, before, code } }: { readonly snippet: Snippet }) {
  const text = useRef<HTMLPreElement>(null);
  return (
    <section class="stack" aria-label={title}>
      <h2>{title}</h2>
      <p class="hint">{before}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll by the arrow keys */}
      <pre tabIndex={0} ref={text}>
        {code}
      </pre>
      <p>
        <button
          type="button"
          aria-label={`Copy the code for ${title}`}
          onClick={() =>
            attempt(async () => {
              // Pages without https have no clipboard.
              if (navigator.clipboard) {
                await navigator.clipboard.writeText(code);
                tell('Copied.');
              } else {
                getSelection()?.selectAllChildren(text.current as HTMLElement);
                tell('The code is selected. Press Control + C to copy it.');
              }
            })
          }
        >
          Copy
        </button>
      </p>
    </section>
  );
}
