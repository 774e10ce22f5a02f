/** One way in which a user has the packed package: installed, perhaps bundled, and run. */
export interface Environment {
  readonly name: string;
  /** Makes the project in an empty folder, which has the programs of `programs.ts`. */
  install(project: string, tarball: string): void;
  /** Runs the program there and gives what it printed. `prefer` is empty for the default order. */
  run(project: string, prefer: string, env: NodeJS.ProcessEnv): Promise<string>;
}
