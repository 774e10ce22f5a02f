/** Files that are no text: how they begin, as Latin-1, and what to do with them. */
const FILES: readonly (readonly [start: string, is: string, advice: string])[] = [
  ['PAR1', 'a parquet file', 'open it with openParquet'],
  ['ARROW1', 'an Arrow file', 'open it with openArrow'],
  ['\xff\xff\xff\xff', 'probably an Arrow file', 'open it with openArrow'],
  ['MATLAB 5', "MATLAB's .mat", "write its table as CSV in Python, scipy.io.loadmat('…') and csv.writer"],
  ['\x89HDF', "HDF5, as MATLAB's .mat since 7.3 is", 'write its table as CSV in Python, by h5py'],
  [
    '\x93NUMPY',
    'an array of NumPy',
    "write it as CSV with the images' names, numpy.savetxt(…, delimiter=',')",
  ],
  ['\x80\x02', "Python's pickle", 'write it as CSV in Python, pandas.DataFrame(…).to_csv(…)'],
  ['\x80\x03', "Python's pickle", 'write it as CSV in Python, pandas.DataFrame(…).to_csv(…)'],
  ['\x80\x04', "Python's pickle", 'write it as CSV in Python, pandas.DataFrame(…).to_csv(…)'],
  ['\x80\x05', "Python's pickle", 'write it as CSV in Python, pandas.DataFrame(…).to_csv(…)'],
  [
    'SQLite format 3',
    'a database of SQLite',
    'write its table as CSV, sqlite3 -header -csv, or give its rows to openRows',
  ],
  ['\xd0\xcf\x11\xe0', 'a file of an old Office, such as .xls', 'save it as .xlsx and open it with openXlsx'],
  ['%PDF', 'a PDF', 'give the table that it shows as CSV'],
  ['\x89PNG', 'an image', 'give the file of the labels'],
  ['\xff\xd8\xff', 'an image', 'give the file of the labels'],
  ['BZh91AY', 'compressed by bzip2', 'unpack it first'],
  ['\xfd7zXZ', 'compressed by xz', 'unpack it first'],
  ['7z\xbc\xaf', 'a 7z archive', 'unpack it first'],
  ['Rar!', 'a RAR archive', 'unpack it first'],
  ['\x28\xb5\x2f\xfd', 'compressed by zstd', 'unpack it first'],
];
/** A tar archive has its name behind the first file's description. */
const TAR = 257;

/** Names the kind of a binary file by its first bytes, and says what to do with it; undefined if the file may be text. */
export function knownBinary(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const [, is, advice] = FILES.find(([prefix]) => start.startsWith(prefix)) ?? [];
  if (is !== undefined) return `is ${is}; ${advice}`;
  const isTar = String.fromCharCode(...bytes.subarray(TAR, TAR + 5)) === 'ustar';
  return isTar ? 'is a tar archive; open shards of WebDataset with openWebDataset, or unpack it' : undefined;
}
