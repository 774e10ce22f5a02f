import type { AffineMap } from '../images/affine-map';

/**
 * The rotation, scale and shift without mirroring that brings `landmarks` nearest to `template` in least squares, as its
 * inverse: from the template's plane to the landmarks'.
 *
 * In the plane this is linear regression of complex numbers (Umeyama, "Least-squares estimation of transformation
 * parameters between two point patterns", 1991): t ≈ m·l + s, m = Σ (t − t̄)·conj(l − l̄) / Σ |l − l̄|².
 *
 * @param template x and y of each point, one after another
 * @param landmarks as many; the points must not all be one, or the map holds NaN
 */
export function similarityMap(template: ArrayLike<number>, landmarks: ArrayLike<number>): AffineMap {
  const [templateX, templateY] = centre(template);
  const [x, y] = centre(landmarks);
  let real = 0;
  let imaginary = 0;
  let spread = 0;
  for (let i = 0; i < template.length; i += 2) {
    const u = template[i] - templateX;
    const v = template[i + 1] - templateY;
    const s = landmarks[i] - x;
    const t = landmarks[i + 1] - y;
    real += u * s + v * t;
    imaginary += v * s - u * t;
    spread += s * s + t * t;
  }
  // 1 / m, as m = (real + i·imaginary) / spread
  const norm = (real * real + imaginary * imaginary) / spread;
  const a = real / norm;
  const d = -imaginary / norm;
  return {
    a,
    b: -d,
    c: x - a * templateX + d * templateY,
    d,
    e: a,
    f: y - d * templateX - a * templateY,
  };
}

function centre(points: ArrayLike<number>): [x: number, y: number] {
  let x = 0;
  let y = 0;
  for (let i = 0; i < points.length; i += 2) {
    x += points[i];
    y += points[i + 1];
  }
  return [(2 * x) / points.length, (2 * y) / points.length];
}
