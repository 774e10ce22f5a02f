import { useSignal } from '@preact/signals';
import { type HostedBackbone, titleOf } from './hosted-backbones';
import { firstSize, SIZES, type TrainingChoice } from './training-request';

interface BackboneChoiceProps {
  readonly hosted: readonly HostedBackbone[];
  readonly onStart: (choice: TrainingChoice) => void;
}

/** The form with the options of a training. */
export function BackboneChoice({ hosted, onStart }: BackboneChoiceProps) {
  const backbone = useSignal(hosted[0] as HostedBackbone);
  const size = useSignal(firstSize(backbone.value));
  const fineTune = useSignal(true);
  const epochs = useSignal('');
  const augment = useSignal(true);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onStart({
          backbone: backbone.value,
          size: size.value,
          fineTune: fineTune.value,
          epochs: epochs.value === '' ? undefined : Number(epochs.value),
          augment: augment.value,
        });
      }}
    >
      <fieldset class="cards">
        <legend>Network</legend>
        {hosted.map((one) => (
          <label key={one.name} class="card">
            <input
              type="radio"
              name="backbone"
              checked={one.name === backbone.value.name}
              onChange={() => {
                backbone.value = one;
                size.value = firstSize(one);
              }}
            />
            <span>
              <strong>{titleOf(one)}</strong>
              <br />
              {describe(one)}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>How much learns</legend>
        <label class="tick">
          <input
            type="radio"
            name="depth"
            checked={fineTune.value}
            onChange={() => (fineTune.value = true)}
          />
          The whole network (minutes; better)
        </label>
        <label class="tick">
          <input
            type="radio"
            name="depth"
            checked={!fineTune.value}
            onChange={() => (fineTune.value = false)}
          />
          Only the new head on it (seconds)
        </label>
      </fieldset>
      <details>
        <summary>More choices</summary>
        <div class="row options">
          <label>
            Image size{' '}
            <select
              value={size.value}
              onChange={({ currentTarget }) => (size.value = Number(currentTarget.value))}
            >
              {SIZES.filter((side) => side >= backbone.value.smallest).map((side) => (
                <option key={side} value={side}>
                  {side} × {side} pixels
                </option>
              ))}
            </select>
          </label>
          <label>
            Epochs of the whole network{' '}
            <input
              type="number"
              min={1}
              max={200}
              placeholder="chosen by Thaw"
              value={epochs.value}
              disabled={!fineTune.value}
              onInput={({ currentTarget }) => (epochs.value = currentTarget.value)}
            />
          </label>
          <label class="tick">
            <input
              type="checkbox"
              checked={augment.value}
              onChange={() => (augment.value = !augment.value)}
            />
            Vary the images (mirror, turn, zoom)
          </label>
        </div>
      </details>
      <p>
        <button type="submit" class="primary">
          Train
        </button>
      </p>
    </form>
  );
}

function describe({ bytes, parameters, gflop, top1, licence }: HostedBackbone): string {
  return [
    `${Math.round(bytes / 1e6)} MB to download`,
    `${(parameters / 1e6).toFixed(1)} million weights`,
    gflop && `${gflop} billion multiplications per image`,
    top1 ? `${top1} % right on ImageNet` : 'trained to tell faces apart',
    `licence ${licence}`,
  ]
    .filter(Boolean)
    .join(', ');
}
