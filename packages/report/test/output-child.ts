/** A process that writes the file `page.html` of a folder again and again, each time full of another letter. */
import { openOutputFolder } from '../src/index';

const out = await openOutputFolder(process.argv[2]);
for (let round = 0; ; round++) {
  await out.write('page.html', String.fromCharCode(97 + (round % 26)).repeat(2_000_000));
  console.log(round);
}
