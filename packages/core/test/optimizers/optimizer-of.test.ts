import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { adam, adamW, OptionError, optimizerOf, rmsprop, sgd } from '../../src';

test.each([
  ['adam', adam({ beta1: 0.8 })],
  ['adamW', adamW({ weightDecay: 0.02, globalClipnorm: 1 })],
  ['rmsprop', rmsprop({ momentum: 0.5 })],
  ['sgd', sgd({ momentum: 0.9, gradientAccumulationSteps: 2 })],
])('%s is made again of its JSON, at the rate of the phase', (_, optimizer) => {
  const text = JSON.stringify(optimizer);
  const again = optimizerOf(JSON.parse(text))({ learningRate: 0.25 });
  expect(JSON.stringify(again)).toBe(text);
  expect(again.learningRate).toBe(0.25);
});

test('each call makes a fresh optimizer', () => {
  const make = optimizerOf({ optimizer: 'adam' });
  expect(make({ learningRate: 1 })).not.toBe(make({ learningRate: 1 }));
});

test.each(['adm', 'toString'])('the name %s is refused', (optimizer) => {
  expect(() => optimizerOf({ optimizer })).toThrow(OptionError);
  expect(() => optimizerOf({ optimizer })).toThrow(
    `optimizerOf: expected an optimizer among adam, adamW, rmsprop, sgd; received "${optimizer}".`,
  );
});

test.each([adam, adamW, rmsprop, sgd].map((make) => [make.name, make] as const))(
  '%s refuses a rate that is given by its place',
  (name, make) => {
    expect(() => make(1e-3 as never)).toThrow(OptionError);
    expect(() => make(1e-3 as never)).toThrow(`${name}: expected an object of options; received 0.001.`);
  },
);

test('a misspelt option is refused when the optimizer is made', () => {
  expect(() => optimizerOf({ optimizer: 'sgd', momentun: 0.9 })({ learningRate: 1 })).toThrow('momentun');
});
