import files from 'node:fs';
import fs from 'node:fs/promises';
import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import threads from 'node:worker_threads';
import { expect, expectTypeOf, test } from 'vitest';
import { nodeModules } from '../../src/platform/node-modules';
import type { FileError, NodeModules } from '../../src/platform/node-types';

// Typechecked: Node's own types are assignable to those that the package writes by hand.
const own: NodeModules = { files, fs, module, os, path, threads, process };

test("under Node, the modules are Node's own", () => {
  const found = new Map(Object.entries(nodeModules() ?? {}));
  expect([...found.keys()].sort()).toEqual(Object.keys(own).sort());
  for (const [name, value] of Object.entries(own)) expect(found.get(name)).toBe(value);
});

test("an error of Node's file system has the type that the package writes by hand", () => {
  expectTypeOf<NodeJS.ErrnoException>().toExtend<FileError>();
});
