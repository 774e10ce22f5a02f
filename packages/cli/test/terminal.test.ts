import { expect, it } from 'vitest';
import { EXIT, exitCodeOf } from '../src/terminal/exit-code';
import { printable } from '../src/terminal/printable';
import { systemErrorText } from '../src/terminal/system-error';

it.each([
  ['a plain text, with tabs\tand ends of lines\n', 'a plain text, with tabs\tand ends of lines\n'],
  ['\u001b[31mred\u001b[39m', '\u001b[31mred\u001b[39m'],
  ['\u001b[8mhidden', '\ufffd[8mhidden'],
  ['\u001b[2Jcleared', '\ufffd[2Jcleared'],
  ['\u001b]0;title\u0007', '\ufffd]0;title\ufffd'],
  ['bell\u0007 \u009b2J \u007f\r', 'bell\ufffd \ufffd2J \ufffd\ufffd'],
  ['\u202egnp.exe', '\ufffdgnp.exe'],
  ['שלום, é, 日本', 'שלום, é, 日本'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown);
});

const ofSystem = (code: string) => Object.assign(new Error(`${code}: no`), { code, syscall: 'write' });

it.each([
  ['a full disk', ofSystem('ENOSPC'), /^ENOSPC: no\. The disk is full/],
  ['a port that is taken', ofSystem('EADDRINUSE'), /choose another --port/],
  [
    'a working folder that was removed',
    Object.assign(new Error('ENOENT: no'), { code: 'ENOENT', syscall: 'uv_cwd' }),
    /change into another one/,
  ],
  ['an error that has no remedy here', ofSystem('EXDEV'), /^EXDEV: no\. The operating system refused this/],
])('%s is an error of the machine, no defect', (_, error, text) => {
  expect(systemErrorText(error)).toMatch(text);
  expect(exitCodeOf(error)).toBe(EXIT.failed);
});

it('an error without a code of the system is a defect', () => {
  expect(systemErrorText(new TypeError('x is not a function'))).toBeUndefined();
  expect(exitCodeOf(new TypeError('x is not a function'))).toBe(EXIT.defect);
});
