import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { costTables, withCosts } from '../../benchmarks/past-one-machine';

const guide = readFileSync(join(import.meta.dirname, '../../docs/guides/past-one-machine.md'), 'utf8');

it('the guide has the costs of what was measured', () => {
  const { score, train } = costTables();
  expect(guide).toContain(score);
  expect(guide).toContain(train);
});

it('other figures change the tables of the guide, and nothing else', () => {
  const [score, train] = ['score', 'train'].map((name) => `| images | ${name} |\n| --- | --- |\n| 1 | 2 |`);
  const changed = withCosts(guide, { score, train });
  expect(changed).toContain(score);
  expect(changed).toContain(train);
  expect(withCosts(changed)).toBe(guide);
});

it('a million images by ResNet50 take the core hours of a million forward passes and decodings', () => {
  const row = costTables()
    .score.split('\n')
    .find((line) => /1 million +\| ResNet50 /.test(line));
  const [{ ours: resized }] = rows('data').filter(({ name }) => name === 'JPEG to batch, resized alone');
  const [{ ours: forward }] = rows('graph').filter(({ name }) => name === 'forward-32');
  const hours = (1e6 * (resized + forward) * 2) / 3.6e6;
  expect(Number(row?.split('|')[3])).toBeCloseTo(hours, -0.5);
});

function rows(file: string): { name: string; ours: number }[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../../benchmarks/results/${file}.json`), 'utf8'));
}
