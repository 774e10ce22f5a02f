import type { AffineMap } from './affine-map';

/** The map that applies `first`, then `second`: x ↦ second(first(x)). */
export function composeMaps(second: AffineMap, first: AffineMap): AffineMap {
  return {
    a: second.a * first.a + second.b * first.d,
    b: second.a * first.b + second.b * first.e,
    c: second.a * first.c + second.b * first.f + second.c,
    d: second.d * first.a + second.e * first.d,
    e: second.d * first.b + second.e * first.e,
    f: second.d * first.c + second.e * first.f + second.f,
  };
}
