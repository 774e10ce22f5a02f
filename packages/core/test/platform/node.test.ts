import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import module from 'node:module';
import os from 'node:os';
import path from 'node:path';
import timers from 'node:timers';
import url from 'node:url';
import { expect, expectTypeOf, test } from 'vitest';
import { nodeModules } from '../../src/platform/node';
import type { FileError, NodeModules } from '../../src/platform/node-types';

// Typechecked: Node's own types are assignable to those that core writes by hand.
const own: NodeModules = { fs, path, os, url, crypto, module, childProcess, timers, process };

test("under Node, the modules are Node's own", () => {
  const found = new Map(Object.entries(nodeModules() ?? {}));
  expect([...found.keys()].sort()).toEqual(Object.keys(own).sort());
  for (const [name, value] of Object.entries(own)) expect(found.get(name)).toBe(value);
});

test("an error of Node's file system has the type that core writes by hand", () => {
  expectTypeOf<NodeJS.ErrnoException>().toExtend<FileError>();
});
