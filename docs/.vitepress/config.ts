import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefaultTheme, defineConfig } from 'vitepress';

/** Pages of guides, in the order in which they are read. */
const GUIDES: readonly {
  readonly text: string;
  readonly pages: readonly (readonly [title: string, link: string])[];
}[] = [
  {
    text: 'Begin',
    pages: [
      ['Getting started', '/guides/getting-started'],
      ['Thaw Studio', '/guides/studio'],
      ['Transfer learning', '/guides/transfer-learning'],
      ['The worked example', '/guides/worked-example'],
    ],
  },
  {
    text: 'Your project',
    pages: [
      ['Your own data', '/guides/own-data'],
      ['Labels before training', '/label-analysis'],
      ['Choosing a backbone', '/guides/choosing-a-backbone'],
      ['Networks, measured', '/networks'],
      ['Small data', '/guides/small-data'],
      ['Imbalance and thresholds', '/guides/imbalance-and-thresholds'],
      ['Reading the report', '/guides/reading-the-report'],
      ['Interrupted training', '/guides/interrupted-training'],
      ['The folder of a run', '/run-folder'],
      ['Metrics, and when to use which', '/guides/metrics'],
    ],
  },
  {
    text: 'Ship it',
    pages: [
      ['The browser', '/guides/browser'],
      ['Next.js', '/guides/nextjs'],
      ['Deploy: serving', '/guides/serving'],
      ['Shipping: Keras, ONNX, TFLite', '/guides/shipping'],
      ['Past one machine', '/guides/past-one-machine'],
    ],
  },
  {
    text: 'More',
    pages: [
      ['Coming from Keras, fastai, …', '/guides/coming-from'],
      ['Performance', '/guides/performance'],
      ['How it works inside', '/guides/how-it-works'],
      ['Troubleshooting', '/guides/troubleshooting'],
      ['Errors, by code', '/errors'],
      ['Environments', '/environments'],
    ],
  },
];

/** A link per package: each page carries its sidebar, and a list of all pages would make the site a hundred times as large. */
function packages(): DefaultTheme.SidebarItem[] {
  const file = join(import.meta.dirname, '../reference/typedoc-sidebar.json');
  const all: DefaultTheme.SidebarItem[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  return all.map(({ text, link }) => ({ text, link }));
}

export default defineConfig({
  title: 'Thaw',
  description: 'Multilabel transfer learning on TensorFlow.js',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  outDir: 'site',
  cacheDir: '../node_modules/.cache/vitepress',
  // Files that pages link to; the pages themselves are in guides/.
  srcExclude: ['reference/_media/**'],
  cleanUrls: false,
  // Every page works from a folder, without a server's rewriting.
  base: process.env.DOCS_BASE ?? '/',
  themeConfig: {
    search: {
      provider: 'local',
      // A guide is what most readers look for; names of the reference are found all the same.
      options: {
        miniSearch: {
          searchOptions: { boostDocument: (id: string) => (id.includes('/reference/') ? 0.3 : 1) },
        },
      },
    },
    nav: [
      { text: 'Guides', link: '/guides/getting-started' },
      { text: 'Reference', link: '/reference/' },
    ],
    sidebar: {
      '/reference/': packages(),
      '/': GUIDES.map(({ text, pages }) => ({
        text,
        items: pages.map(([title, link]) => ({ text: title, link })),
      })),
    },
    outline: [2, 3],
  },
});
