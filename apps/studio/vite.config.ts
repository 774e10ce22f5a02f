import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin, transformWithOxc } from 'vite';

// With these headers a page may use several threads. A host that doesn't send them works, too, with one thread.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig(({ command }) => ({
  // The built files work in any folder of a server.
  base: './',
  plugins: [serviceWorker()],
  define: { IS_BUILT: JSON.stringify(command === 'build') },
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  worker: {
    format: 'es',
    // TensorFlow.js gives the text of a function to its threads. Compression removes a `typeof` from the function, without
    // which a thread fails: "e is not defined".
    rolldownOptions: { output: { minify: { compress: false, mangle: true } } },
  },
  server: { headers },
  preview: { headers },
}));

/** Code that a page loads only to read HDF5 files: 5 MB. */
const ON_USE = /hdf5/;

/** Writes service-worker.js with the names of all files of the built page, and a version that changes with them. */
function serviceWorker(): Plugin {
  let publicDir = '';
  return {
    name: 'thaw-studio-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      ({ publicDir } = config);
    },
    async generateBundle(_, bundle) {
      const version = createHash('sha256');
      const built = Object.values(bundle).filter(({ fileName }) => !ON_USE.test(fileName));
      for (const file of built) version.update(file.type === 'chunk' ? file.code : file.source);
      const wasm = join(publicDir, 'wasm');
      const names = existsSync(wasm) ? readdirSync(wasm) : [];
      for (const name of names) version.update(readFileSync(join(wasm, name)));
      const files = [
        './',
        ...built.map(({ fileName }) => fileName).filter((name) => name !== 'index.html'),
        ...names.map((name) => `wasm/${name}`),
      ];
      const source = readFileSync(join(import.meta.dirname, 'src/offline/service-worker.ts'), 'utf8');
      const define = {
        PAGE_FILES: JSON.stringify(files),
        PAGE_VERSION: JSON.stringify(version.digest('hex').slice(0, 16)),
      };
      const { code } = await transformWithOxc(source, 'service-worker.ts', { define, target: 'es2022' });
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: code });
    },
  };
}
