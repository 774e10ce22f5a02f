import { createRequire } from 'node:module';
import { isSimpleJpeg, type SmallJpegDecoder } from '@thawjs/images';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSmallJpegDecoder } from '../../src/images/load-small-jpeg-decoder';
import { decodeImage } from '../../src/index';
import fixture from '../fixtures/jpegs.json';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const file = createRequire(import.meta.url).resolve('@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs');
const pixels = 2 ** 20;
const { width, height } = fixture;
let decode: SmallJpegDecoder;

beforeAll(async () => {
  decode = (await loadSmallJpegDecoder(file))!;
});

describe('a small JPEG', () => {
  it.each(fixture.simple)("has TensorFlow's pixels, $name", async ({ file, pixels: expected }) => {
    const whole = { data: bytes(expected), width, height };
    expect(decode(bytes(file), { pixels })).toEqual(whole);
    const { data } = await decodeImage(bytes(file));
    expect({ data: new Uint8Array(data), width, height }).toEqual(whole);
  });

  it.each(fixture.others)('is left to sharp, $name', ({ file }) => {
    expect(decode(bytes(file), { pixels })).toBeUndefined();
  });

  it.each([
    { why: 'it has more pixels than allowed', options: { pixels: width * height - 1 } },
    { why: 'it is to be shrunk', options: { pixels, atLeast: [height, width - 1] as const } },
  ])('is left to sharp if $why', ({ options }) => {
    expect(decode(bytes(fixture.simple[0].file), options)).toBeUndefined();
  });

  it('is decoded as well after one that could not be', () => {
    const [{ file, pixels: expected }] = fixture.simple;
    expect(decode(bytes(file).subarray(0, 500), { pixels })).toBeUndefined();
    expect(decode(bytes(file), { pixels })?.data).toEqual(bytes(expected));
  });
});

describe('the decoder of small JPEGs', () => {
  it.each([
    ['is not installed', undefined],
    ['cannot be loaded', '/nowhere/libjpegturbowasm_decode.js'],
  ])('is done without if it %s', async (_, path) => {
    expect(await loadSmallJpegDecoder(path)).toBeUndefined();
  });
});

describe('a JPEG is simple', () => {
  /** A JPEG's markers up to its scan, with the frame of one whose components have these sampling factors. */
  const markers = ({
    bits = 8,
    factors = [0x22, 0x11, 0x11],
    frame = 0xc0,
    before = [] as number[],
  } = {}) => {
    const components = factors.flatMap((factor, i) => [i + 1, factor, 0]);
    const size = [0xff, frame, 0, 8 + components.length, bits, 0, 16, 0, 16, factors.length, ...components];
    return Uint8Array.from([0xff, 0xd8, ...before, ...size, 0xff, 0xda, 0, 2]);
  };
  const segment = (marker: number, text: string, rest: number[] = []) => [
    0xff,
    marker,
    0,
    2 + text.length + rest.length,
    ...Buffer.from(text, 'latin1'),
    ...rest,
  ];
  /** EXIF's orientation 6, big-endian. */
  const exif = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];

  it.each([
    { of: '4:2:0', made: markers(), expected: true },
    { of: '4:1:1', made: markers({ factors: [0x41, 0x11, 0x11] }), expected: false },
    { of: '4:4:0', made: markers({ factors: [0x12, 0x11, 0x11] }), expected: false },
    { of: 'four components', made: markers({ factors: [0x11, 0x11, 0x11, 0x11] }), expected: false },
    { of: 'grey with any factor', made: markers({ factors: [0x22] }), expected: true },
    { of: 'twelve bits', made: markers({ bits: 12 }), expected: false },
    { of: 'arithmetic codes', made: markers({ frame: 0xc9 }), expected: false },
    { of: 'lossless', made: markers({ frame: 0xc3 }), expected: false },
    { of: 'a JFIF segment', made: markers({ before: segment(0xe0, 'JFIF\0') }), expected: true },
    { of: 'XMP', made: markers({ before: segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0') }), expected: true },
    { of: 'a profile', made: markers({ before: segment(0xe2, 'ICC_PROFILE\0\x01\x01') }), expected: false },
    { of: 'orientation 6', made: markers({ before: segment(0xe1, 'Exif\0\0', exif) }), expected: false },
    { of: 'EXIF cut off', made: markers({ before: segment(0xe1, 'Exif\0\0', [0x4d]) }), expected: false },
    { of: 'no frame', made: Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2), expected: false },
    { of: 'a segment past the end', made: Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 9, 9), expected: false },
    { of: 'another format', made: Uint8Array.of(0x89, 0x50, 0x4e, 0x47), expected: false },
  ])('$expected for $of', ({ made, expected }) => {
    expect(isSimpleJpeg(made, pixels)).toBe(expected);
  });
});
