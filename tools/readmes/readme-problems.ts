import { readReadme } from './read-readme';

/** By name of a package of this repository: the packages that its users must install beside it. */
export type RequiredPeers = ReadonlyMap<string, readonly string[]>;

/**
 * What a reader of a README would lack who installs what it says and runs its examples: a sentence each.
 *
 * Needed is every package that an example imports, and every peer dependency, unless it is optional, of what is installed.
 */
export function readmeProblems(markdown: string, peers: RequiredPeers): string[] {
  const { installed, imported } = readReadme(markdown);
  const missing = (name: string) => !installed.includes(name);
  return [
    ...imported
      .filter(missing)
      .map((name) => `its examples import ${name}, which its npm install lines don't install`),
    ...installed.flatMap((name) =>
      (peers.get(name) ?? [])
        .filter(missing)
        .map((peer) => `${name} needs ${peer} beside it, which its npm install lines don't install`),
    ),
  ];
}
