#!/usr/bin/env node
import { runThaw } from './run-thaw';
import { interruptSignal } from './terminal/interrupt-signal';
import { processTerminal } from './terminal/terminal';

const signal = interruptSignal((line) => process.stderr.write(`\n${line}\n`));
process.exitCode = await runThaw(process.argv.slice(2), processTerminal(signal));
