import { avataaars } from '@dicebear/collection';
import { describe, expect, it } from 'vitest';
import { type AvataaarsChoice, avataaarsParts } from '../../src/synthetic-faces/avataaars-parts';
import { LICENCE } from '../../src/synthetic-faces/licence';

const CHOICE: AvataaarsChoice = {
  clothing: 'shirtCrewNeck',
  clothingGraphic: 'bat',
  mouth: 'smile',
  eyes: 'default',
  eyebrows: 'default',
  top: 'shortFlat',
  skinColor: '111111',
  hairColor: '222222',
  hatColor: '333333',
  clothesColor: '444444',
  accessoriesColor: '555555',
};

describe('avataaarsParts', () => {
  it('gives each place its own part, balanced and in its colour', () => {
    const parts = avataaarsParts({ ...CHOICE, facialHair: 'beardLight', accessories: 'round' });
    expect(parts.base).toContain('#111111');
    expect(parts.top).toContain('#222222');
    expect(parts.facialHair).toContain('#222222');
    expect(parts.clothing).toContain('#444444');
    expect(parts.accessories).toContain('#555555');
    for (const svg of Object.values(parts)) {
      expect(svg.match(/<g[ >]/g)?.length ?? 0).toBe(svg.match(/<\/g>/g)?.length ?? 0);
    }
  });

  it('gives an empty string for a place that is left out', () => {
    const parts = avataaarsParts({ ...CHOICE, top: undefined });
    expect([parts.top, parts.facialHair, parts.accessories]).toEqual(['', '', '']);
  });

  it('takes every part that avataaars has, whole', () => {
    const { properties } = avataaars.schema as { properties: Record<string, { default: string[] }> };
    for (const place of [
      'clothing',
      'mouth',
      'eyes',
      'eyebrows',
      'top',
      'facialHair',
      'accessories',
    ] as const) {
      for (const name of properties[place].default) {
        const parts = avataaarsParts({ ...CHOICE, [place]: name });
        expect(parts[place], `${place} ${name}`).toMatch(/^<g transform="[^"]+"><.+><\/g>$/s);
      }
    }
  });

  it('comes under the licence that we name', () => {
    expect(avataaars.meta.creator).toBe('Pablo Stanley');
    expect(LICENCE).toContain(avataaars.meta.license!.name);
    expect(LICENCE).toContain(avataaars.meta.license!.url);
  });
});
