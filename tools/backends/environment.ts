/** One way to use the packed package: installed, perhaps bundled, and run. */
export interface Environment {
  readonly name: string;
  /** Makes a project in an empty folder that has the programs of `programs.ts`. */
  install(project: string, tarball: string): void;
  /** Runs the program there, and returns its output. `prefer` is empty for the default order. */
  run(project: string, prefer: string, env: NodeJS.ProcessEnv): Promise<string>;
}
