export { ThawError } from '@thawjs/errors';
export { formatEvaluation as table } from '@thawjs/metrics';
export type { Backbone, Preprocessing, Stage } from './backbones/backbone';
export type { BackboneRecord, PublishedWeights } from './backbones/backbone-record';
export { type FaceResnetOptions, faceResnet } from './backbones/face-resnet';
export type { GraphModelLike } from './backbones/graph-model';
export { type BackboneOptions, backbone } from './backbones/open-backbone';
export { openModel } from './backbones/open-model';
export { preprocess } from './backbones/preprocess';
export { registerLayers } from './backbones/register-layers';
export { type ImagenetDownloadOptions, type ResNet50Options, resnet50 } from './backbones/resnet50';
export {
  Classifier,
  type ClassifierOptions,
  classifier,
} from './classifier/classifier';
export { Ensemble, type EnsembleOptions, ensemble } from './classifier/ensemble';
export type { FeatureStages } from './classifier/feature-stages';
export type { BackboneLike, FittingOptions } from './classifier/fitting-backbone';
export { load } from './classifier/load';
export { PredictingMethods } from './classifier/predicting-methods';
export { PredictorMethods } from './classifier/predictor-methods';
export type { Checksum } from './digest';
export {
  DataMismatchError,
  DecoderMissingError,
  DivergedError,
  ExportError,
  FeatureCacheError,
  FeatureShardError,
  KernelMissingError,
  NotAnImageError,
  OperationSizesError,
  OperationTypesError,
  OptionError,
  PrecisionError,
  ResumeError,
  SavedModelError,
  SelectionError,
  StaleFeaturesError,
} from './errors';
export { type Evaluation, evaluate } from './evaluation/evaluate';
export type { EvaluateOptions } from './evaluation/evaluate-options';
export { type Tunable, type Tuning, tune } from './evaluation/tune';
export type { ThresholdGoal, TuneOptions } from './evaluation/tune-options';
export { type ExtractFeaturesOptions, extractFeatures, type Features } from './features/extract-features';
export type { FeatureCacheOptions } from './features/feature-cache-options';
export type { FeatureShard } from './features/feature-shard';
export { type LoadedFeatures, loadFeatures } from './features/load-features';
export type { BatchNormMode } from './freezing/batch-norm-mode';
export type { Freezable } from './freezing/freezable';
export { freeze } from './freezing/freeze';
export type { Selection } from './freezing/selection';
export { type SummaryRow, type TrainableSummary, trainableSummary } from './freezing/trainable-summary';
export { type UnfreezeOptions, unfreeze } from './freezing/unfreeze';
export type { CanvasLike, DrawnImage, ImageInput, ImageLimits, PixelImage } from './images/image-input';
export { nativeJpegDecoder } from './images/native-jpeg-decoder';
export type {
  HeldPixels,
  JpegBatchDecoder,
  LabelledBatch,
  LabelledBatchOptions,
  LabelledImages,
  Labels,
} from './labelled-images';
export { GroupNormalization, type GroupNormalizationArgs } from './layers/group-normalization';
export { GroupedConv2D, type GroupedConv2DArgs } from './layers/grouped-convolution';
export { Normalization, type NormalizationArgs } from './layers/normalization';
export type { GivenStatistics, StatisticsAxes } from './layers/normalization-statistics';
export { SpatialDropout2D, type SpatialDropoutArgs } from './layers/spatial-dropout';
export { Subtract } from './layers/subtract';
export { type AsymmetricLossOptions, asymmetricLoss } from './losses/asymmetric-loss';
export { type BinaryCrossentropyOptions, binaryCrossentropy } from './losses/binary-crossentropy';
export { defineLoss } from './losses/define-loss';
export { type FocalLossOptions, focalLoss } from './losses/focal-loss';
export type { LabelLossOptions } from './losses/label-loss';
export type { LabelWeights } from './losses/label-weights';
export type { Loss, LossDefinition, LossDescription, LossInput } from './losses/loss';
export { lossOf } from './losses/loss-of';
export type { StoredNetwork } from './model/stored-network';
export { type AdamOptions, adam } from './optimizers/adam';
export { adamW } from './optimizers/adam-w';
export type { Optimizer, OptimizerDescription } from './optimizers/optimizer';
export { optimizerOf } from './optimizers/optimizer-of';
export type { OptimizerOptions } from './optimizers/optimizer-options';
export { type RmspropOptions, rmsprop } from './optimizers/rmsprop';
export { ruleOptimizer } from './optimizers/rule-optimizer';
export { type SgdOptions, sgd } from './optimizers/sgd';
export type { RuleInput, UpdateRule } from './optimizers/update-rule';
export { exportKeras, kerasBytes } from './persistence/export-keras';
export { exportOnnx, type OnnxOptions, onnxBytes } from './persistence/export-onnx';
export { exportSavedModel } from './persistence/export-saved-model';
export type { LoadOptions } from './persistence/load-options';
export { modelBytes } from './persistence/model-bytes';
export { save } from './persistence/save';
export { saveBackbone } from './persistence/save-backbone';
export type { SaveOptions, WeightsType } from './persistence/save-options';
export type { Calibration } from './prediction/calibration';
export type {
  ClassifierParts,
  EnsembleParts,
  NetworkParts,
  PredictableParts,
  Predictor,
} from './prediction/classifier-parts';
export {
  type Classification,
  classify,
  type ImageInputs,
  type LabelPrediction,
} from './prediction/classify';
export type { ClassifyOptions } from './prediction/classify-options';
export { backbones, type MeasureBackbonesOptions, type MeasuredBackbone } from './prediction/list-backbones';
export type { PredictableImages } from './prediction/network-outputs';
export { type MetricMatrix, type PredictOptions, predict } from './prediction/predict';
export type { Augment } from './prediction/views';
export type {
  Bfloat16Use,
  NumberType,
  Operation,
  OperationKind,
  Program,
  Sizes,
  State,
  UpdateOf,
  Value,
} from './program/ir';
export type { NodeAttribute, NodeAttributes, NodeWriter } from './program/node-writer';
export { assign } from './program/operations/updates';
export type { BinaryOp, Operand, Ops, ReducingOp, UnaryOp } from './program/ops';
export type { Precision } from './run/precision';
export { constant } from './schedules/constant';
export { type CosineOptions, cosine } from './schedules/cosine';
export { type ExponentialOptions, exponential } from './schedules/exponential';
export { type OneCycleOptions, oneCycle } from './schedules/one-cycle';
export { type PolynomialOptions, polynomial } from './schedules/polynomial';
export type { NamedSchedule, Schedule, ScheduleDescription, WarmupOptions } from './schedules/schedule';
export { scheduleOf } from './schedules/schedule-of';
export { type StepDecayOptions, step } from './schedules/step';
export type { Draw } from './search/draw';
export { search } from './search/search';
export type { SearchOptions, SearchRecipe } from './search/search-options';
export type { SearchResult, SearchTrial } from './search/search-result';
export type { BatchEvent, Callback, PhaseInfo, SafePoint, TrainingContext } from './training/callback';
export { type CheckpointOptions, checkpoint } from './training/callbacks/checkpoint';
export { type EarlyStoppingOptions, earlyStopping } from './training/callbacks/early-stopping';
export { type ProgressOptions, progress } from './training/callbacks/progress';
export { type ReduceOnPlateauOptions, reduceOnPlateau } from './training/callbacks/reduce-on-plateau';
export { fineTune } from './training/fine-tune';
export type { FineTuneOptions, HeadOptions, Run, ThawOptions } from './training/fine-tune-options';
export type { GradualThaw } from './training/gradual-thaw';
export type { HeadStart } from './training/head/start-head';
export type { HistoryRow } from './training/history';
export type { LearningRateGroups } from './training/learning-rate-factors';
export { type LrFindOptions, type LrFindResult, lrFind } from './training/lr-find/lr-find';
export type { RateSuggestions } from './training/lr-find/suggest-rates';
export { defaultMetrics, type Metric } from './training/metric';
export type { MonitorOptions } from './training/monitor';
export { type PhaseResult, phase } from './training/phase';
export type { PhaseOptions, TrainingOptions } from './training/phase-options';
export type { SourceDescription } from './training/recipe/described';
export type { DroppedBranch, RecipeData, RecipePhase, RunRecipe } from './training/recipe/run-recipe';
export { RunFolderError, type RunHistory } from './training/run-folder';
export type { RunFingerprint } from './training/state/run-fingerprint';
export type { CallbackState, StateArray, TrainingState } from './training/state/training-state';
export type { StepOptions } from './training/steps/step-options';
export { removeStoredRun, type StoredRun, storedRun } from './training/stored-run';
export type { WeightAverage } from './training/weight-average';
export type { DownloadOptions } from './weights/download';
export { DownloadError, WeightsFileError, WeightsMismatchError } from './weights/errors';
export { type LoadWeightsOptions, loadKerasH5, loadWeights } from './weights/load-weights';
export type { LayerAliases } from './weights/match-weights';
export type { OpenWeightsOptions } from './weights/open-weights';
export type { TransferOptions, TransferProgress } from './weights/transfer';
export type { ModelSource, WeightsSource } from './weights/weights-source';
