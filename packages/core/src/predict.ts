// `@thawjs/core/predict`: what a page needs that only predicts, without TensorFlow.js' layers.
export { ThawError } from '@thawjs/errors';
export { type LoadToPredictOptions, load } from './classifier/load-to-predict';
export { PredictOnlyClassifier, type PredictOnlyParts } from './classifier/predict-only-classifier';
export { PredictingMethods } from './classifier/predicting-methods';
export { DataMismatchError, NotAnImageError, OptionError, SavedModelError } from './errors';
export type { StoredNetwork } from './model/stored-network';
export { classify } from './prediction/classify';
export { predict } from './prediction/predict';
export { DownloadError } from './weights/errors';
