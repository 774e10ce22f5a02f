export { serveTraining } from './serve-training';
export type { ServeTrainingOptions } from './training-service';
