/** What the page of the benchmark trains, and where. */
export interface PageCase {
  readonly network: 'face_resnet' | 'mobilenet_v2';
  readonly thread: 'worker' | 'page';
  readonly images: number;
}

/** What a page saw of itself meanwhile. */
export interface SeenFigures {
  /** The tasks of the page's thread that took more than 50 ms. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** How late a timer of 5 ms was at most. */
  readonly longestWaitMs: number;
  /** From the worker's start to the saved model. */
  readonly seconds: number;
  /** Batches that the page was told of. */
  readonly batches: number;
  /** Whether wasm computed with threads. */
  readonly threads: boolean;
}

/** What blocked the page. */
export interface PageFigures extends SeenFigures {
  /** The longest task of the page's thread, by its time on the processor, in milliseconds. */
  readonly longestCpuMs: number;
}
