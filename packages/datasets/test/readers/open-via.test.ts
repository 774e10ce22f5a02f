import { describe, expect, it } from 'vitest';
import { openVia, type ViaOptions } from '../../src/index';

const open = (json: unknown, options: ViaOptions = {}) =>
  openVia(new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)), {
    images: 'ignore',
    ...options,
  });
const region = (attributes: unknown) => ({
  shape_attributes: { name: 'rect' },
  region_attributes: attributes,
});
const entry = (filename: string, regions: unknown, file_attributes: unknown = {}) => ({
  [`${filename}100`]: { filename, size: 100, regions, file_attributes },
});
const EXPORT = {
  ...entry('a.jpg', [region({ animal: 'dog' }), region({ animal: 'cat' }), region({ animal: 'dog' })]),
  ...entry('b.jpg', []),
  ...entry('c.jpg', [region({ animal: '' }), region({})]),
};
const MIXED = entry('a.jpg', [region({ animal: 'dog', colour: 'red' })], { night: { yes: true, no: false } });

describe('openVia', () => {
  it.each([
    ['an export', EXPORT, {}, ['cat', 'dog'], '110000'],
    [
      'a project',
      { _via_settings: {}, _via_img_metadata: EXPORT, _via_attributes: {} },
      {},
      ['cat', 'dog'],
      '110000',
    ],
    [
      'a project that declares its options',
      {
        _via_img_metadata: EXPORT,
        _via_attributes: { region: { animal: { type: 'radio', options: { dog: '', cow: '', cat: '' } } } },
      },
      {},
      ['dog', 'cow', 'cat'],
      '101000000',
    ],
    [
      'VIA 1, whose regions are an object',
      entry('a.jpg', { 0: region({ animal: 'dog' }), 1: region({ animal: 'cat' }) }),
      {},
      ['cat', 'dog'],
      '11',
    ],
    ['checkboxes', entry('a.jpg', [region({ has: { cat: true, dog: false } })]), {}, ['cat'], '1'],
    ['an attribute among others', MIXED, { attributes: ['animal'] }, ['dog'], '1'],
    ['several attributes', MIXED, { attributes: ['night', 'colour'] }, ['red', 'yes'], '11'],
    [
      'labels in a given order',
      EXPORT,
      { labels: ['dog', 'cat', 'cow'] },
      ['dog', 'cat', 'cow'],
      '110000000',
    ],
  ] as const)('reads %s', async (_, json, options, labels, y) => {
    const set = await open(json, options);
    expect([set.labels, set.y.join('')]).toEqual([labels, y]);
  });

  it('finds the images among files', async () => {
    const set = await open(EXPORT, {
      images: undefined!,
      files: ['a', 'b', 'c'].map((name) => new File([name], `${name}.jpg`)),
    });
    expect(Buffer.from(await set.bytes(2)).toString()).toBe('c');
  });

  it.each([
    [
      'several attributes of which none is named',
      MIXED,
      {},
      /found "animal", "colour", "night".*attributes: \['animal'\]/,
    ],
    ['a number', entry('a.jpg', [region({ animal: 3 })]), {}, /image "a\.jpg": expected "animal" as a text/],
    ['COCO', { images: [], categories: [], annotations: [] }, {}, /expected VIA's project.*openRows/],
    ['VIA 3', { project: { pid: '1' }, file: {}, metadata: {} }, {}, /expected VIA's project.*openRows/],
    ['text', 'cat', {}, /expected JSON/],
    ['a misspelt option', EXPORT, { attribute: ['animal'] }, /Did you mean "attributes"/],
    ['an unknown label', EXPORT, { labels: ['dog', 'catt'] }, /catt/],
  ] as const)('refuses %s', async (_, json, options, says) => {
    await expect(open(json, options as ViaOptions)).rejects.toThrow(says);
    await expect(open(json, options as ViaOptions)).rejects.toMatchObject({
      name: expect.stringMatching(/^(DatasetFile|DatasetOption|UnknownLabel)Error$/),
    });
  });
});
