import type { BackendName } from '@thawjs/backends';
import { type Backbone, DownloadError, faceResnet, resnet50, type TransferProgress } from '@thawjs/core';
import type { ExampleOptions } from './options';
import { type Recipe, recipeOf } from './recipe';

/** The backbone that was asked for, or the best that can be had; the recipe follows from it. */
export interface BackboneChoice {
  readonly backbone: Backbone;
  readonly recipe: Recipe;
  readonly name: string;
  /** Why it, and not a better one. */
  readonly why: string;
}

/**
 * Opens the backbone. `auto` wants ResNet50 with ImageNet weights, out of the cache or downloaded, and says why where
 * it takes the face network instead.
 */
export async function chooseBackbone(
  options: ExampleOptions,
  backend: BackendName,
  log: (line: string) => void,
): Promise<BackboneChoice> {
  const face = async (why: string): Promise<BackboneChoice> => {
    const recipe = recipeOf('face', backend, options);
    const backbone = await faceResnet({ inputSize: recipe.size });
    return { backbone, recipe, name: 'face network of dlib, from @vladmandic/face-api (MIT)', why };
  };
  if (options.backbone === 'face') return face('as asked for');
  const recipe = recipeOf('resnet50', backend, options);
  const weights = options.weights === 'none' ? null : options.weights;
  try {
    const backbone = await resnet50({
      weights,
      inputSize: recipe.size,
      seed: options.seed,
      download: { onProgress: everyTenth(log) },
    });
    const name = weights === null ? 'ResNet50, random weights' : `ResNet50, weights ${weights}`;
    return {
      backbone,
      recipe,
      name,
      why:
        options.backbone === 'auto' && weights === 'imagenet' ? 'the best that can be had' : 'as asked for',
    };
  } catch (error) {
    if (options.backbone === 'resnet50' || !(error instanceof DownloadError)) throw error;
    return face(`because ResNet50's ImageNet weights can't be had: ${error.message}`);
  }
}

function everyTenth(log: (line: string) => void) {
  let shown = 0;
  return ({ receivedBytes, totalBytes }: TransferProgress) => {
    const tenth = totalBytes ? Math.floor((10 * receivedBytes) / totalBytes) : 0;
    if (tenth <= shown) return;
    shown = tenth;
    log(`ResNet50's weights: ${10 * tenth} % of ${((totalBytes ?? 0) / 1e6).toFixed(0)} MB`);
  };
}
