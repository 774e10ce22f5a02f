import type { ComponentChildren } from 'preact';
import { trained } from '../state/current-model';
import type { TrainedModel } from '../training/trained-model';

/** What needs a trained model, or the way to one. */
export function NeedsModel({ children }: { readonly children: (model: TrainedModel) => ComponentChildren }) {
  if (trained.value) return <>{children(trained.value)}</>;
  return (
    <p class="empty">
      Nothing was trained yet. <a href="#train">Train first.</a>
    </p>
  );
}
