const WORK = `
async function describeBackend(prefer) {
  const { name, tensorflow, reasons } = await useBestBackend({ prefer: prefer ? prefer.split(',') : undefined, log: () => {} });
  const sum = tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, 'valid').dataSync()[0];
  return JSON.stringify({ name, tensorflow, reasons, sum });
}`;

const IMPORT = `
import * as tf from '@tensorflow/tfjs-core';
import { useBestBackend } from '@thawjs/backends';`;

const REQUIRE = `
const tf = require('@tensorflow/tfjs-core');
const { useBestBackend } = require('@thawjs/backends');`;

const PRINT = 'describeBackend(process.argv[2]).then((line) => console.log(line));';

/** Programs by file name. Each chooses a backend, computes on it, and prints one line of JSON. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'package.json': '{ "private": true, "name": "user" }',
  'program.mjs': `${IMPORT}${WORK}\n${PRINT}\n`,
  'program.cjs': `${REQUIRE}${WORK}\n${PRINT}\n`,
};

/** The same in an app of Next.js: a route and a page, each rendered per request. */
export const NEXT_APP: Readonly<Record<string, string>> = {
  'lib/backend.js': `${IMPORT}\nexport ${WORK.trim()}\n`,
  'app/layout.jsx':
    'export default function Layout({ children }) { return <html><body>{children}</body></html>; }\n',
  'app/page.jsx': `
import { describeBackend } from '../lib/backend';
export default async function Page({ searchParams }) {
  return <pre>{await describeBackend((await searchParams).prefer)}</pre>;
}\n`,
  'app/backend/route.js': `
import { describeBackend } from '../../lib/backend';
export async function GET(request) {
  return new Response(await describeBackend(new URL(request.url).searchParams.get('prefer')));
}\n`,
};
