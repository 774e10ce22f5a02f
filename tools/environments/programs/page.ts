// In a page: the outcome is read off the window.
import { trainAndPredict } from './train-and-predict.js';

Object.assign(window, { outcome: await trainAndPredict({ wasmPath: '/wasm/' }) });
