// Exports a classifier on ResNet50 into a folder, with images and what predict says of them. Usage: tsx export.ts FOLDER
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '../../packages/backends/src/index';
import { classifier, exportSavedModel, resnet50 } from '../../packages/core/src/index';

const folder = process.argv[2];
await useBestBackend({ prefer: ['native', 'cpu'] });
const backbone = await resnet50({ weights: null, inputSize: [64, 64] });
const model = classifier(backbone, { labels: ['a', 'b', 'c'] });
await exportSavedModel(model, path.join(folder, '1'));
const images = tf.randomUniform<tf.Rank.R4>([4, 64, 64, 3], 0, 255, 'float32', 1);
const probabilities = await model.predict(images);
const expected = { images: [...images.dataSync()], probabilities: [...probabilities.data] };
writeFileSync(path.join(folder, 'expected.json'), JSON.stringify(expected));
