/** The training of the benchmark's page, and the thread that it runs in. */
export interface PageCase {
  readonly network: 'face_resnet' | 'mobilenet_v2';
  readonly thread: 'worker' | 'page';
  readonly images: number;
}

/** Figures that the page measures about itself during the training. */
export interface SeenFigures {
  /** The tasks of the page's thread that took more than 50 ms. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** The longest delay of a 5 ms timer. */
  readonly longestWaitMs: number;
  /** The time from the worker's start to the saved model. */
  readonly seconds: number;
  /** The number of batches that were reported to the page. */
  readonly batches: number;
  /** Whether wasm computed with threads. */
  readonly threads: boolean;
}

/** All figures on blocking of the page. */
export interface PageFigures extends SeenFigures {
  /** The longest task of the page's thread, by its time on the processor, in milliseconds. */
  readonly longestCpuMs: number;
}
