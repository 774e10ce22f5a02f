/**
 * The program of the process that draws for `svgToPng`: a JSON object on standard input, the PNG on standard output. If it
 * can't draw, the last line of standard error is a JSON object with the picture's `pixels`, if they are too many, or the
 * `reason`.
 */
export const drawPngCode = `
const { readFileSync, writeSync } = require('node:fs');
const { resvg, svg, maxPixels, options } = JSON.parse(readFileSync(0, 'utf8'));
const tell = (answer) => {
  writeSync(2, '\\n' + JSON.stringify(answer));
  process.exitCode = 1;
};
try {
  const picture = new (require(resvg).Resvg)(svg, options);
  const scale = options.fitTo.value;
  const pixels = picture.width * scale * picture.height * scale;
  if (pixels <= maxPixels) process.stdout.write(picture.render().asPng());
  else tell({ pixels });
} catch (error) {
  tell({ reason: String(error instanceof Error ? error.message : error).replaceAll('\\n', '; ') });
}
`;
