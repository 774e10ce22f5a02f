import { describe, expect, it } from 'vitest';
import { type CsvOptions, openCsv, openImageFolder } from '../../src/index';

const open = (text: string, options: CsvOptions = {}) => openCsv(new TextEncoder().encode(text), options);

describe('tables that are not perfect', () => {
  it.each([
    ['a comma at the end of the header alone (NIH)', 'file,x,y,\na.png,1,0\nb.png,0,1\n'],
    ['commas at the ends of rows', 'file,x,y\na.png,1,0,\nb.png,0,1,,\n'],
    ['rows of commas after the last (spreadsheets)', 'file,x,y\na.png,1,0\nb.png,0,1\n,,\n , ,\n'],
    ['a line that names the separator', 'sep=;\nfile;x;y\na.png;1;0\nb.png;0;1\n'],
    ['decimal commas', 'file;x;y\na.png;1,0;0,0\nb.png;0,0;1,0\n'],
    ['spaces before quotes', 'file, x, y\n"a.png", "1", "0"\n"b.png", "0", "1"\n'],
    ['bars', 'file|x|y\na.png|1|0\nb.png|0|1\n'],
    ['lines that end in CR alone', 'file,x,y\ra.png,1,0\rb.png,0,1\r'],
  ])('are read with %s', async (_, text) => {
    const { ids, labels, y } = await open(text);
    expect([ids, labels, y.join('')]).toEqual([['a.png', 'b.png'], ['x', 'y'], '1001']);
  });

  describe('a repeated id', () => {
    const text = 'file,x,y\na.png,1,0\nb.png,0,0\na.png,0,1\nb.png,1,1\n';
    it('is an error that names the first three', async () => {
      await expect(open(text)).rejects.toThrow(
        /received 2 a second time, the first "a\.png" \(line 4\), "b\.png" \(line 5\)\. Say which rows count: repeated: 'first', 'last' or 'union'/,
      );
    });

    it.each([
      ['first', '1000'],
      ['last', '0111'],
      ['union', '1111'],
    ] as const)('counts by its %s row', async (repeated, expected) => {
      expect((await open(text, { repeated })).y.join('')).toBe(expected);
    });

    it('is joined from a row an image and label', async () => {
      const long = 'image,label\na.png,cat\na.png,dog\nb.png,dog\n';
      const { labels, y } = await open(long, { labels: { column: 'label' }, repeated: 'union' });
      expect([labels, y.join('')]).toEqual([['cat', 'dog'], '1101']);
    });
  });

  it('are read by confidence, with a row an image and label (Open Images)', async () => {
    const text =
      'ImageID,Source,LabelName,Confidence\na,verification,/m/cat,1\na,verification,/m/dog,0\nb,machine,/m/dog,0.7\n';
    const labels = { column: 'LabelName', confidence: 'Confidence' };
    const set = await open(text, { labels });
    expect([set.ids, set.labels, set.y.join(''), set.known!.join('')]).toEqual([
      ['a', 'b'],
      ['/m/cat', '/m/dog'],
      '1001',
      '1101',
    ]);
    expect((await open(text, { labels: { ...labels, atLeast: 0.8 } })).y.join('')).toBe('1000');
    await expect(open(text.replace('0.7', '7'), { labels })).rejects.toThrow(/confidence from 0 to 1/);
  });

  it.each([
    ['is_valid', ['False', 'True', 'False'], undefined, ['train', 'validation', 'train']],
    ['is_test', ['0', '1', '0'], undefined, ['train', 'test', 'train']],
    ['fold', ['0', '1', '2'], undefined, ['train', 'validation', 'test']],
    ['phase', ['TRAIN', 'dev', 'Testing'], undefined, ['train', 'validation', 'test']],
    ['k', ['a', 'b', 'c'], { train: ['a', 'b'], test: ['C'] }, ['train', 'train', 'test']],
    ['k', ['1', '2', '1'], { train: [1], validation: [2] }, ['train', 'validation', 'train']],
  ])('have parts in a column %s of %j', async (column, cells, lists, expected) => {
    const text = `file,x,${column}\n${cells.map((cell, i) => `${i}.png,1,${cell}`).join('\n')}\n`;
    expect((await open(text, { split: lists ? { column, ...lists } : column })).splits).toEqual(expected);
  });

  it.each([
    ['0 and 1 alone', 'file,x,fold\na.png,1,0\nb.png,1,1\n', { split: 'fold' }, /split: \{ column: "fold"/],
    [
      'a column like a split that is not named',
      'file,x,partition\na.png,1,0\n',
      {},
      /"partition" is named like the official split/,
    ],
    ...[
      'set',
      'Phase',
      'usage',
      'partition_id',
      'train_test_split',
      'dataset',
      'evaluation_status',
      'in_train',
    ].map((name): [string, string, CsvOptions, RegExp] => [
      `a column ${name}`,
      `file,x,${name}\na.png,1,0\n`,
      {},
      new RegExp(`"${name}" is named like the official split`),
    ]),
    ['a label of the name nan', 'file,x,nan\na.png,1,0\n', {}, /received "nan"/],
    ['an empty image', 'file,x\n,1\n', {}, /line 2: expected an image and an id/],
    [
      'an unclosed quote',
      'file,tags\na.png,"cat\nb.png,dog\nc.png,dog\n',
      { labels: { column: 'tags' } },
      /line 2: the quote of "cat.*is never closed/s,
    ],
    [
      'a quote that closes in another row',
      'file,tags\na.png,"cat\nb.png,"dog"\n',
      { labels: { column: 'tags' } },
      /line \d: expected the end of a cell after its closing quote/,
    ],
  ] as const)('are refused with %s', async (_, text, options, message) => {
    await expect(open(text, options)).rejects.toThrow(message);
    await expect(open(text, options)).rejects.toMatchObject({ name: 'DatasetFileError' });
  });

  it('have groups by a function of the row', async () => {
    const text = 'file,x,patient\na_1.png,1,7\na_2.png,0,7\nb_1.png,1,8\n';
    const byRow = await open(text, { labels: ['x'], group: (row) => `${row.patient}${String(row.file)[0]}` });
    expect(byRow.groups).toEqual(['7a', '7a', '8b']);
    await expect(open(text, { labels: ['x'], group: () => '' })).rejects.toThrow(/the group function/);
  });

  it('lose the rows with a problem where they are to, with a summary of what was left out', async () => {
    const text = 'file,x\na.png,1\nb.png,2\n,1\nc.png,0,0\na.png,0\nd.png,0\n';
    const skipped = await open(text, { onProblem: 'skip' });
    expect(skipped.ids).toEqual(['a.png', 'd.png']);
    expect(skipped.problems!.map(({ where }) => where)).toEqual(
      [3, 4, 5, 6].map((line) => `the file, line ${line}`),
    );
    expect(skipped.summary()).toContain(
      '4 rows of the file were left out, the first (the file, line 3): expected 0 or 1',
    );
    const told: string[] = [];
    const some = open(text, {
      onProblem: ({ where }) => {
        told.push(where);
        return where.endsWith('4') ? 'error' : 'skip';
      },
    });
    await expect(some).rejects.toThrow(/line 4: expected an image/);
    expect(told).toHaveLength(2);
    await expect(open('file,x\na.png,2\n', { onProblem: 'skip' })).rejects.toThrow(
      /found none without a problem/,
    );
  });
});

describe('openImageFolder', () => {
  it('joins a table in each of train, valid and test (Roboflow)', async () => {
    const files = ['train', 'valid', 'test'].flatMap((part, i) => [
      named(`set/${part}/_classes.csv`, `filename, cat, dog\na.jpg, ${i % 2}, 1\n`),
      named(`set/${part}/a.jpg`, 'x'),
    ]);
    const set = await openImageFolder(files);
    expect([set.ids, set.labels, set.splits, set.y.join('')]).toEqual([
      ['test/a.jpg', 'train/a.jpg', 'valid/a.jpg'],
      ['cat', 'dog'],
      ['test', 'train', 'validation'],
      '010111',
    ]);
  });

  it('joins metadata of splits, whose rows name different labels', async () => {
    const files = [
      named('set/train/metadata.jsonl', '{"file_name":"a.jpg","tags":["cat"]}'),
      named('set/train/a.jpg', 'x'),
      named('set/test/metadata.jsonl', '{"file_name":"a.jpg","tags":["dog"]}'),
      named('set/test/a.jpg', 'x'),
    ];
    const set = await openImageFolder(files, { labels: { column: 'tags' } });
    expect([set.labels, set.splits, set.y.join('')]).toEqual([['dog', 'cat'], ['test', 'train'], '1001']);
  });

  it('reads boxes of YOLO beside images by the names of the classes', async () => {
    const files = [new File(['x'], 'a.jpg'), new File(['1 .5 .5 .2 .2\n0 .1 .1 .1 .1\n'], 'a.txt')];
    await expect(openImageFolder(files)).rejects.toThrow(/YOLO/);
    const set = await openImageFolder(files, { labels: ['cat', 'dog', 'cow'] });
    expect([set.labels, set.y.join('')]).toEqual([['cat', 'dog', 'cow'], '110']);
  });
});

/** A file as a page gets it from a picked folder. */
function named(path: string, content: string): File {
  const file = new File([content], path.split('/').at(-1)!);
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}
