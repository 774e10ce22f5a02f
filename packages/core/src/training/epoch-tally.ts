import type { MetricMatrix } from '../prediction/predict';

/** The result of an epoch: the mean loss, and labels and probabilities in the order of the steps. */
export interface EpochResult {
  readonly loss: number;
  /** 0 or 1. Labels between (of mixed images) are rounded. */
  readonly yTrue: MetricMatrix<Uint8Array>;
  readonly yScore: MetricMatrix<Float32Array>;
  /** 0 for labels that aren't known; undefined if all are known. */
  readonly known?: MetricMatrix<Uint8Array>;
}

/** The finished part of an epoch, as a training state stores it. */
export interface TallyState {
  readonly steps: number;
  readonly images: number;
  /** The sum of the images' losses. */
  readonly sum: number;
  readonly yTrue: Uint8Array;
  readonly yScore: Float32Array;
  readonly known?: Uint8Array;
}

/** Collects losses, labels and probabilities of an epoch's steps. */
export class EpochTally {
  #steps = 0;
  #images = 0;
  #sum = 0;
  #last = Number.NaN;
  readonly #yTrue: Uint8Array;
  readonly #yScore: Float32Array;
  #known: Uint8Array | undefined;

  constructor(
    readonly length: number,
    readonly labels: number,
    before?: TallyState,
  ) {
    this.#yTrue = new Uint8Array(length * labels);
    this.#yScore = new Float32Array(length * labels);
    if (!before) return;
    this.#steps = before.steps;
    this.#images = before.images;
    this.#sum = before.sum;
    this.#yTrue.set(before.yTrue);
    this.#yScore.set(before.yScore);
    if (before.known) this.#allKnown().set(before.known);
  }

  get steps(): number {
    return this.#steps;
  }

  get images(): number {
    return this.#images;
  }

  /** The mean loss per image so far. */
  get loss(): number {
    return this.#sum / this.#images;
  }

  /** The mean loss of the last step. */
  get lastLoss(): number {
    return this.#last;
  }

  /** Adds a step. @param loss the mean loss over the step's images. */
  add(
    images: number,
    loss: number,
    y: ArrayLike<number>,
    scores: ArrayLike<number>,
    known?: Uint8Array,
  ): void {
    const start = this.#images * this.labels;
    this.#yTrue.set(Array.from(y, Math.round), start);
    this.#yScore.set(scores, start);
    if (known) this.#allKnown().set(known, start);
    this.#images += images;
    this.#steps += 1;
    this.#sum += loss * images;
    this.#last = loss;
  }

  result(): EpochResult {
    const { loss } = this;
    const { yTrue, yScore, known } = this.state();
    const shape = [this.#images, this.labels] as const;
    return {
      loss,
      yTrue: { data: yTrue, shape },
      yScore: { data: yScore, shape },
      ...(known && { known: { data: known, shape } }),
    };
  }

  /** The part of the epoch so far. The arrays are shared, not copied. */
  state(): TallyState {
    const end = this.#images * this.labels;
    return {
      steps: this.#steps,
      images: this.#images,
      sum: this.#sum,
      yTrue: this.#yTrue.subarray(0, end),
      yScore: this.#yScore.subarray(0, end),
      ...(this.#known && { known: this.#known.subarray(0, end) }),
    };
  }

  #allKnown(): Uint8Array {
    this.#known ??= new Uint8Array(this.length * this.labels).fill(1);
    return this.#known;
  }
}
