/** The style of `perClassTable`; text on its cells has a contrast of at least 4.5 : 1 on both kinds of page. */
export const tableStyle = `
.thaw-table { --line: #d9dde4; --head: #f3f5f8; --page: #ffffff; --text: #1b1f26; --quiet: #5a6270;
  --high: #d2efdf; --high-text: #0a4a30; --middle: #dce9fa; --middle-text: #153f73; --low: #fbe0db; --low-text: #861d10;
  color: var(--text); font: 14px/1.4 Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif; }
@media screen and (prefers-color-scheme: dark) { .thaw-table { --line: #323a45; --head: #222832; --page: #171b22; --text: #e8ebf0; --quiet: #a3acba;
  --high: #123f2c; --high-text: #a5e9c8; --middle: #17365c; --middle-text: #b5d5fb; --low: #52201a; --low-text: #ffc2b8; } }
.thaw-scroll { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
.thaw-table table { border-collapse: separate; border-spacing: 0; width: 100%; font-variant-numeric: tabular-nums; }
.thaw-table caption, .thaw-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.thaw-table th, .thaw-table td { padding: 4px 8px; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
.thaw-table tbody th, .thaw-table tfoot th, .thaw-table thead th:first-child { position: sticky; left: 0; text-align: left; background: var(--page); font-weight: 500; z-index: 1; }
.thaw-table tbody th, .thaw-table tfoot th { white-space: normal; overflow-wrap: anywhere; min-width: 150px; }
.thaw-table thead th { position: sticky; top: 0; padding: 0; background: var(--head); z-index: 2; }
.thaw-table thead th:first-child { z-index: 3; background: var(--head); }
.thaw-table thead button { all: unset; box-sizing: border-box; width: 100%; padding: 7px 8px; cursor: pointer; font-weight: 600; white-space: normal; }
.thaw-table thead button:focus-visible { outline: 2px solid #0069a8; outline-offset: -2px; }
.thaw-table thead button::after { content: '\\2195'; opacity: .35; margin-left: 4px; }
.thaw-table [aria-sort=ascending] button::after { content: '\\2191'; opacity: 1; }
.thaw-table [aria-sort=descending] button::after { content: '\\2193'; opacity: 1; }
.thaw-table tfoot th, .thaw-table tfoot td { font-weight: 600; }
.thaw-table tfoot tr:first-child > * { border-top: 2px solid var(--quiet); }
.thaw-table tr:last-child > * { border-bottom: 0; }
.thaw-table tbody tr:last-child > * { border-bottom: 1px solid var(--line); }
.thaw-table [data-level=high] { background: var(--high); color: var(--high-text); }
.thaw-table [data-level=middle] { background: var(--middle); color: var(--middle-text); }
.thaw-table [data-level=low] { background: var(--low); color: var(--low-text); }
.thaw-table [data-level=none] { color: var(--quiet); }
.thaw-legend span { display: inline-block; padding: 2px 10px; border-radius: 4px; }
.thaw-narrow-note { display: none; color: var(--quiet); margin: 0 0 8px; }
@media screen and (max-width: 800px) {
  .thaw-narrow-note { display: block; }
  .thaw-table [data-column=tp], .thaw-table [data-column=fp], .thaw-table [data-column=fn], .thaw-table [data-column=tn],
  .thaw-table [data-column=specificity], .thaw-table [data-column=accuracy], .thaw-table [data-column=averagePrecision] { display: none; }
  .thaw-table th, .thaw-table td { padding: 4px 5px; font-size: 13px; }
  .thaw-table thead button { padding: 7px 4px; }
  .thaw-table tbody th, .thaw-table tfoot th { min-width: 84px; }
}
@media screen and (max-width: 480px) { .thaw-table [data-column=support], .thaw-table [data-column=precision] { display: none; } .thaw-table thead button::after { content: none; }
  .thaw-table [aria-sort] button::after { content: '\\2193'; } .thaw-table [aria-sort=ascending] button::after { content: '\\2191'; } }
.thaw-notes { color: var(--quiet); padding-left: 1.2em; }
@media print { .thaw-scroll { overflow: visible; max-height: none; border: 0; } .thaw-table { font-size: 8.5px; }
  .thaw-table th, .thaw-table td { position: static !important; padding: 1px 4px; } 
  /* Chromium leaves buttons out where a header repeats on the next sheet. */
  .thaw-table thead button { display: none; } .thaw-table thead th { padding: 2px 4px; } .thaw-table thead th::before { content: attr(data-name); }
  .thaw-table [data-level] { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .thaw-table tr { break-inside: avoid; }
  .thaw-table tfoot { display: table-row-group; } }
`;
