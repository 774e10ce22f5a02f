import type { ComponentChildren } from 'preact';
import { trained } from '../state/current-model';
import type { TrainedModel } from '../training/trained-model';

/** Shows its content if there is a trained model, and otherwise a link to the training. */
export function NeedsModel({ children }: { readonly children: (model: TrainedModel) => ComponentChildren }) {
  if (trained.value) return <>{children(trained.value)}</>;
  return (
    <p class="empty">
      Nothing was trained yet. <a href="#train">Train first.</a>
    </p>
  );
}
