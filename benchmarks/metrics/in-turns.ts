import type { DataFiles } from './make-data';
import type { Measure } from './measures';
import { type Answer, startOurs, startPeer } from './start-side';

/** The answers of both sides for one measure. */
export interface Measured {
  readonly measure: Measure;
  readonly ours: readonly Answer[];
  readonly peer: readonly Answer[];
}

const TOLERANCE = 1e-12;

/** Asks both sides in turns for every measure, once per round, and compares all values of the answers. */
export async function inTurns(data: DataFiles, measures: readonly Measure[]): Promise<Measured[]> {
  const [ours, peer] = [startOurs(data), startPeer(data)];
  const measured = measures.map((measure) => ({ measure, ours: [] as Answer[], peer: [] as Answer[] }));
  for (let round = 0; round < Math.max(...measures.map(({ rounds }) => rounds)); round++) {
    for (const one of measured.filter(({ measure }) => round < measure.rounds)) {
      const [mine, theirs] = [await ours.ask(one.measure.name), await peer.ask(one.measure.name)];
      checkEqual(one.measure.name, mine, theirs);
      one.ours.push(mine);
      one.peer.push(theirs);
    }
    console.log(`${data.rows}×${data.columns}, round ${round + 1}`);
  }
  await Promise.all([ours.stop(), peer.stop()]);
  return measured;
}

/** Peak memory beyond the input in the first call of a process. In later calls the heap has grown already. */
export async function firstCallMemory(
  data: DataFiles,
  { name }: Measure,
): Promise<{ ours: number; peer: number }> {
  const [ours, peer] = [startOurs(data), startPeer(data)];
  const answers = { ours: (await ours.ask(name)).bytes, peer: (await peer.ask(name)).bytes };
  await Promise.all([ours.stop(), peer.stop()]);
  return answers;
}

function checkEqual(name: string, ours: Answer, peer: Answer): void {
  if (ours.values.length !== peer.values.length)
    throw new Error(`${name}: ${ours.values.length} values for ${peer.values.length}`);
  for (const [at, value] of ours.values.entries()) {
    if (!(Math.abs(value - peer.values[at]) <= TOLERANCE))
      throw new Error(`${name}: value ${at} is ${value}, scikit-learn's ${peer.values[at]}`);
  }
}
