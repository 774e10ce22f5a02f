import { type NumberType, type OperationKind, operation, type Program, type Value } from '../ir';
import { dataType } from '../node-writer';

interface CastAttributes {
  readonly type: NumberType;
}

/** The same numbers in another type. Only a TensorFlow graph can hold arrays of bfloat16. */
export const castKind: OperationKind<CastAttributes> = {
  name: 'Cast',
  sizes: ([x]) => [x.sizes],
  types: (_, { type }) => [type],
  run: () => {
    throw new Error('program: expected a program with bfloat16 to be run as one TensorFlow graph.');
  },
  write: (writer, [x], { type }, { inputs: [from] }) => [
    writer.node('Cast', [x], { SrcT: { type: dataType(from.type) }, DstT: { type: dataType(type) } }),
  ],
  gradient: (program, { inputs: [x] }, [dy]) => [cast(program, [dy!], { type: x.type })],
};

export const cast = operation(castKind);

/** Computes a value in the given type: casts the inputs to it, and the result back to the inputs' own type. */
export function computedIn(
  program: Program,
  type: NumberType,
  inputs: readonly Value[],
  compute: (inputs: readonly Value[]) => Value,
): Value {
  const own = inputs[0].type;
  if (own === type) return compute(inputs);
  const result = compute(inputs.map((input) => cast(program, [input], { type })));
  return cast(program, [result], { type: own });
}
