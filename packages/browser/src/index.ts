export { ThawError } from '@thawjs/errors';
export type { ClassifierRequest } from './classifier-request';
export { NotSendableError, TrainingWorkerError } from './errors';
export type { Example, ExampleImage, Pixels } from './example';
export type {
  LabelledExamples,
  SentRate,
  WorkerFineTuneOptions,
  WorkerHeadOptions,
  WorkerThawOptions,
} from './fine-tune-options';
export { startTrainingWorker, type TrainingWorkerOptions } from './start-training-worker';
export { type TrainedInWorker, type TrainInWorkerOptions, trainInWorker } from './train-in-worker';
export { Training, type TrainingActivity, type TrainingListeners } from './training';
export { TrainingWorker } from './training-worker';
export { type ClassifiableImage, WorkerClassifier } from './worker-classifier';
export { WorkerImages } from './worker-images';
