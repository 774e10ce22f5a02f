/** The steps that the user's program reached, as it printed them; `programs/train-and-predict.ts` makes it. */
export interface Outcome {
  readonly trains?: boolean;
  readonly predicts?: boolean;
  /** Whether a page trained in a worker, too. */
  readonly inWorker?: boolean;
  /** The backend that computed, and why no faster one did. */
  readonly backend?: string;
  readonly threads?: number;
  readonly error?: string;
}

/** One environment in which users have the packages. */
export interface Environment {
  /** For example `webpack 5, page`. */
  readonly name: string;
  /** Installs the command line, `thaw`, in place of the library's packages. */
  readonly commandLine?: true;
  /** Packages that are installed from the registry besides ours, each with a version range. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Installs the packages in the folder's package.json. Default: npm. */
  install?(project: Project): Promise<void>;
  /** Absent if nothing is built. */
  build?(project: Project): Promise<void>;
  /** Runs the program, in a browser if it belongs to a page. */
  run(project: Project): Promise<Outcome>;
}

/** A user's project folder. */
export interface Project {
  readonly folder: string;
  /** The address at which our packages are served, as by a registry. */
  readonly registry: string;
}
