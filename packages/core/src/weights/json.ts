/** An object of JSON. */
export type Json = { readonly [key: string]: unknown };

/** The value, if it is a JSON object; otherwise undefined. */
export function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
