import { StudioError } from '../project/studio-error';

/**
 * A pretrained network whose weights are on the page's server. `scripts/make-public.ts` writes them and this
 * description.
 */
export interface HostedBackbone {
  /** Its name in `@thawjs/core`. */
  readonly name: string;
  /** SPDX identifier of the weights' licence. */
  readonly licence: string;
  /** The side of the square images of its training, in pixels. */
  readonly size: number;
  readonly parameters: number;
  /** Multiplications and additions per image at `size`, in 10⁹. */
  readonly gflop?: number;
  /** Its accuracy on ImageNet in per cent, if it was trained for that. */
  readonly top1?: number;
  /** The smallest side of its input images, in pixels. */
  readonly smallest: number;
  /** The size of the download. */
  readonly bytes: number;
  /** The address, relative to the list. */
  readonly url: string;
}

/** The address of the list, which is on the page's server. */
function listUrl(): URL {
  return new URL('backbones/index.json', document.baseURI);
}

/** The networks on the page's server. @throws StudioError if there are none */
export async function hostedBackbones(): Promise<readonly HostedBackbone[]> {
  const missing =
    'No pretrained network lies beside this page. Whoever hosts it runs: pnpm --filter @thawjs/studio public';
  const response = await fetch(listUrl()).catch((cause: unknown) => {
    throw new StudioError(
      'The list of networks can’t be loaded. Are you offline? Try again when you aren’t.',
      { cause },
    );
  });
  // For a missing file, a server may answer with its own page.
  if (!response.ok || !response.headers.get('content-type')?.includes('json')) throw new StudioError(missing);
  const list = (await response.json()) as readonly HostedBackbone[];
  if (list.length === 0) throw new StudioError(missing);
  return list;
}

/** The full address of a network's weights. */
export function weightsUrl({ url }: HostedBackbone): string {
  return new URL(url, listUrl()).href;
}

/** A readable name: `efficientnet_lite0` → `EfficientNet Lite0`. */
export function titleOf({ name }: Pick<HostedBackbone, 'name'>): string {
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join(' ').replace(/net\b/, 'Net');
}
