import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hex, joinBytes, sameBytes } from '../src/bytes';
import { digest } from '../src/digest';

const bytes = fc.uint8Array({ maxLength: 40 });

test('joinBytes gives the parts one after the other', () => {
  fc.assert(
    fc.property(fc.array(bytes), (parts) => {
      expect([...joinBytes(parts)]).toEqual(parts.flatMap((part) => [...part]));
    }),
  );
});

test.each([
  [[], [], true],
  [[1, 2], [1, 2], true],
  [[1, 2], [1, 3], false],
  [[1, 2], [1], false],
  [[1], [1, 2], false],
])('sameBytes of %j and %j is %j', (a, b, same) => {
  expect(sameBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(same);
});

test("hex is Node's hexadecimal text", () => {
  fc.assert(
    fc.property(bytes, (data) => {
      expect(hex(data)).toBe(Buffer.from(data).toString('hex'));
    }),
  );
});

describe('digest', () => {
  const { getBuiltinModule } = process;

  afterEach(() => {
    vi.unstubAllGlobals();
    Object.assign(process, { getBuiltinModule });
  });

  const reference = (content: Uint8Array | string, algorithm: string) =>
    createHash(algorithm).update(content).digest('hex');
  const contents = [new Uint8Array(0), Uint8Array.from([0, 255, 7]), 'ä text of UTF-8 €'];

  test.each([
    ['Node', true, globalThis.crypto],
    ['an https page', false, globalThis.crypto],
    ['an http page, which has no WebCrypto', false, {}],
  ])('gives SHA-256 and MD5 on %s', async (_, isNode, crypto) => {
    const expected = contents.flatMap((content) => [reference(content, 'sha256'), reference(content, 'md5')]);
    vi.stubGlobal('crypto', crypto);
    if (!isNode) Object.assign(process, { getBuiltinModule: undefined });
    const found: string[] = [];
    for (const content of contents) {
      found.push(await digest(content, 'sha256'), await digest(content, 'md5'));
    }
    expect(found).toEqual(expected);
  });
});
