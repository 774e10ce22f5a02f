import { theme } from './theme';

const pairs = Object.values(theme);

// The attributes of the charts hold the light colours. One rule per colour replaces it on a dark page.
const darkCharts = pairs
  .flatMap(({ light, dark }) => [
    `  .thaw-picture [fill="${light}"] { fill: ${dark}; }`,
    `  .thaw-picture [stroke="${light}"] { stroke: ${dark}; }`,
  ])
  .join('\n');

/** The style of `htmlReport`'s page. */
export const reportStyle = `
:root { color-scheme: light dark; --page: #f5f6f8; --card: ${theme.surface.light}; --text: ${theme.ink.light}; --quiet: ${theme.muted.light}; --line: #d9dde4; --link: ${theme.train.light}; --right: ${theme.right.light}; --wrong: ${theme.wrong.light}; --missed: ${theme.missed.light}; --bar: ${theme.bar.light}; --control: #7a8494; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; }
header, main { max-width: 1320px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 36px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 20px; margin: 0 0 12px; overflow-wrap: anywhere; }
.thaw-subtitle { color: var(--quiet); font-size: 18px; margin: 6px 0 0; overflow-wrap: anywhere; }
.thaw-facts { display: flex; flex-wrap: wrap; gap: 1px; margin: 24px 0 0; background: var(--line); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
.thaw-facts div { flex: 1 1 190px; background: var(--card); padding: 10px 16px; }
.thaw-facts dt { color: var(--quiet); font-size: 13px; overflow-wrap: anywhere; }
.thaw-facts dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
nav { margin: 20px 0 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; margin: 0; padding: 0; }
a { color: var(--link); }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 20px; margin: 24px 0; }
.thaw-note { color: var(--quiet); margin: 0 0 12px; max-width: 80ch; }
.thaw-picture { margin: 0; overflow-x: auto; }
.thaw-picture svg, .thaw-picture img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
a:focus-visible, .thaw-picture:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media screen and (max-width: 800px) {
  header, main { padding-left: 12px; padding-right: 12px; }
  section { padding: 14px; }
  .thaw-facts div { flex-basis: 140px; padding: 8px 12px; }
  /* A picture scaled down to a phone has no legible text: it scrolls instead, unless it was drawn again for a phone. */
  .thaw-picture svg { max-width: none; }
  .thaw-narrow svg { max-width: 100%; }
  .thaw-wide { display: none; }
}
@media print, (min-width: 801px) { .thaw-narrow { display: none; } }
@media screen and (prefers-color-scheme: dark) {
  :root { --page: #0f1217; --card: ${theme.surface.dark}; --text: ${theme.ink.dark}; --quiet: ${theme.muted.dark}; --line: #323a45; --link: ${theme.train.dark}; --right: ${theme.right.dark}; --wrong: ${theme.wrong.dark}; --missed: ${theme.missed.dark}; --bar: ${theme.bar.dark}; --control: #7d8898; }
${darkCharts}
}
@media print {
  :root { --page: #ffffff; }
  body { font-size: 11px; }
  header, main { max-width: none; padding: 0; }
  nav { display: none; }
  section { border: 0; padding: 0; }
  h2, h3, .thaw-note { break-after: avoid; }
  .thaw-picture { overflow: visible; break-inside: avoid; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .thaw-picture svg, .thaw-picture img { max-height: 240mm; }
}
`;
