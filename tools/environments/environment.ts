/** What the user's program reached, as it printed it; `programs/train-and-predict.ts` makes it. */
export interface Outcome {
  readonly trains?: boolean;
  readonly predicts?: boolean;
  /** Whether a page trained in a worker, too. */
  readonly inWorker?: boolean;
  /** The backend that computed, and why no faster one. */
  readonly backend?: string;
  readonly threads?: number;
  readonly error?: string;
}

/** One way in which people have the packages. */
export interface Environment {
  /** For example `webpack 5, page`. */
  readonly name: string;
  /** Installs the command line, `thaw`, in place of the library's packages. */
  readonly commandLine?: true;
  /** Names of packages that are installed from the registry beside ours, each with a version range. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Installs what package.json in the folder lists. Default: npm. */
  install?(project: Project): Promise<void>;
  /** Left out where nothing is built. */
  build?(project: Project): Promise<void>;
  /** Runs the program, in a browser where it is a page's. */
  run(project: Project): Promise<Outcome>;
}

/** A user's folder. */
export interface Project {
  readonly folder: string;
  /** Where our packages are served from, as a registry serves them. */
  readonly registry: string;
}
