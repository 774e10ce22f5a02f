// `node counts.mjs RESULTS FAILURES`: prints how many tests of a runner's results file passed, failed and were skipped, and
// appends one line for each that failed to FAILURES. Reads Vitest's JSON and pytest's JUnit XML.
import { appendFileSync, readFileSync } from 'node:fs';

const [, , results, failures] = process.argv;
const text = readFileSync(results, 'utf8');
const { passed, failed, skipped } = results.endsWith('.xml') ? fromJUnit(text) : fromVitest(JSON.parse(text));
appendFileSync(failures, failed.map((line) => `FAILED: ${line}\n`).join(''));
console.log(passed, failed.length, skipped);

function fromVitest({ numPassedTests, numPendingTests, testResults }) {
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = name.replace(`${process.cwd()}/`, '');
    const tests = assertionResults.filter((test) => test.status === 'failed');
    // A file that can't be loaded fails without a failed test.
    if (status === 'failed' && tests.length === 0) return [`${file}: ${firstLine(message)}`];
    return tests.map((test) => `${file} > ${test.fullName}: ${firstLine(test.failureMessages.join('\n'))}`);
  });
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

function fromJUnit(xml) {
  const cases = xml.match(/<testcase [^>]*?(\/>|>.*?<\/testcase>)/gs) ?? [];
  const failed = cases.filter((test) => /<(failure|error) /.test(test));
  const skipped = cases.filter((test) => /<skipped /.test(test)).length;
  const named = failed.map((test) => {
    const [, file] = test.match(/ classname="([^"]*)"/) ?? [];
    const [, name] = test.match(/ name="([^"]*)"/) ?? [];
    const [, message] = test.match(/ message="([^"]*)"/) ?? [];
    return `${file} > ${name}: ${firstLine(message)}`;
  });
  return { passed: cases.length - failed.length - skipped, failed: named, skipped };
}

function firstLine(message = '') {
  return message
    .trim()
    .split(/\n|&#10;/)[0]
    .slice(0, 300);
}
