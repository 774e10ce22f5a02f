import { readReadme } from './read-readme';

/** For each package of this repository, the packages that its users must install, too. */
export type RequiredPeers = ReadonlyMap<string, readonly string[]>;

/**
 * The packages that a reader lacks who installs what a README says and runs its examples: one sentence each.
 *
 * Every package that an example imports is needed, and every peer dependency of an installed package, unless it is
 * optional.
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
