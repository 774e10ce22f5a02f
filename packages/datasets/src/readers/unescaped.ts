/** A name in which codes, as addresses have them (`%20`), are read as letters; as it is if they are none. */
export function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
