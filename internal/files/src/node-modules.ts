import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import timers from 'node:timers';
import type { NodeFiles } from './node-files';

/** Node's modules that write files, for packages that run only under Node. */
export const nodeFiles: NodeFiles = { fs, path, os, crypto, timers, process };
