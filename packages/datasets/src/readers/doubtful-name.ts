/** A number from 0 to 1 after a colon or a sign, as Tencent's ML-Images and taggers write them. */
const WEIGHTED = /^[^:=\s][^:=]*[:=]\s*(?:0|1|[01]?\.\d+)(?:\s+[^:=\s]+[:=](?:0|1|[01]?\.\d+))*$/;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;
/** More numbers than this in one name are coordinates, as KITTI's and DOTA's lines have. */
const NUMBERS = 3;
/** More words than this are a sentence, or fewer with a full stop. */
const WORDS = 12;
const WORDS_WITH_STOP = 5;

/** A text that is probably no name of a label, and what it looks like. */
export interface DoubtfulName {
  readonly name: string;
  readonly like: string;
}

/** Finds a text among names that is probably none: a name with weights, a line of coordinates, or a sentence. */
export function doubtfulName(names: readonly string[]): DoubtfulName | undefined {
  if (names.length > 0 && names.every((name) => WEIGHTED.test(name)))
    return { name: names[0], like: 'a name with a weight' };
  for (const name of names) {
    const words = name.split(/[\s,;]+/);
    if (words.filter((word) => NUMBER.test(word)).length > NUMBERS)
      return { name, like: 'a line of coordinates' };
    const isSentence = words.length > WORDS || (words.length >= WORDS_WITH_STOP && /\p{L}[.!?]$/u.test(name));
    if (isSentence) return { name, like: 'a sentence' };
  }
  return undefined;
}
