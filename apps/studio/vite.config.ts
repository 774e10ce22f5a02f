import { defineConfig } from 'vite';

// With these headers a page may use several threads. A host that doesn't send them works, too, with one thread.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  // The built files work in any folder of a server.
  base: './',
  build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
  worker: {
    format: 'es',
    // TensorFlow.js gives the text of a function to its threads. Compression removes a `typeof` from the function, without
    // which a thread fails: "e is not defined".
    rolldownOptions: { output: { minify: { compress: false, mangle: true } } },
  },
  server: { headers },
  preview: { headers },
});
