import { type Limits, limitExceeded } from '../limits/limits';

/**
 * Refuses JSON with lists and objects nested deeper than a limit, before it is parsed.
 *
 * @throws {LimitExceededError} they are nested deeper
 */
export function checkNesting(text: string, limits: Required<Limits>, place: string): void {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      for (i++; i < text.length && text.charCodeAt(i) !== 34; i++) if (text.charCodeAt(i) === 92) i++;
    } else if (code === 123 || code === 91) {
      if (++depth > limits.depth) throw limitExceeded(limits, 'depth', place, 'more');
    } else if (code === 125 || code === 93) depth--;
  }
}
