/** The style of `writeReport`'s sections, on top of that of `htmlReport`'s page, whose variables it uses. */
export const reportPageStyle = `
.thaw-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
h3 { font-size: 16px; margin: 16px 0 8px; overflow-wrap: anywhere; }
.thaw-tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 12px; }
.thaw-tile { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.thaw-tile h3 { margin: 0; }
.thaw-tile h3 small { display: block; font-weight: 400; font-size: 13px; color: var(--quiet); }
.thaw-tile p { margin: 2px 0; color: var(--quiet); font-size: 14px; }
.thaw-tile .thaw-value { font-size: 34px; font-weight: 600; line-height: 1.2; color: var(--text); font-variant-numeric: tabular-nums; }
.thaw-tile strong { color: var(--wrong); }
.thaw-bullet { position: relative; height: 12px; margin: 6px 0; background: var(--line); border-radius: 3px; }
.thaw-bullet > * { position: absolute; top: 0; bottom: 0; }
.thaw-bullet u { left: 0; background: var(--bar); border-radius: 3px 0 0 3px; }
.thaw-bullet i { background: var(--link); opacity: .75; top: 3px; bottom: 3px; }
.thaw-bullet b { width: 3px; margin-left: -1px; background: var(--text); top: -3px; bottom: -3px; }
.thaw-alert { border: 2px solid var(--wrong); border-left-width: 8px; border-radius: 8px; padding: 10px 16px; margin: 16px 0 0; }
.thaw-alert h3 { margin: 0; color: var(--wrong); font-size: 18px; }
.thaw-alert + .thaw-note { margin-top: 16px; }
.thaw-alert p { margin: 4px 0 0; overflow-wrap: anywhere; }
.thaw-cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); gap: 12px; list-style: none; margin: 0; padding: 0; }
.thaw-card { border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; min-width: 0; }
.thaw-card h3 { margin: 0 0 6px; }
.thaw-card ul, .thaw-class-body > ul { margin: 8px 0 0; padding-left: 1.2em; overflow-wrap: anywhere; }
.thaw-card dl, .thaw-threshold dl { display: grid; grid-template-columns: repeat(3, auto); gap: 4px 12px; margin: 0; font-variant-numeric: tabular-nums; }
.thaw-card dt, .thaw-threshold dt { font-size: 12px; color: var(--quiet); }
.thaw-card dd, .thaw-threshold dd { margin: 0; font-weight: 600; }
.thaw-controls { display: flex; flex-wrap: wrap; gap: 8px 20px; align-items: end; margin: 0 0 12px; }
.thaw-controls[hidden] { display: none; }
.thaw-controls label { display: grid; gap: 2px; font-size: 14px; color: var(--quiet); min-width: 0; }
.thaw-controls .thaw-check { display: flex; gap: 6px; align-items: center; color: var(--text); padding: 6px 0; }
.thaw-controls input[type=search], .thaw-controls select { font: inherit; color: var(--text); background: var(--card); border: 1px solid var(--control); border-radius: 6px; padding: 5px 8px; max-width: 100%; }
.thaw-controls output { color: var(--quiet); padding: 6px 0; }
.thaw-class { border: 1px solid var(--line); border-radius: 8px; margin: 0 0 6px; scroll-margin-top: 8px; }
.thaw-class summary { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; padding: 8px 14px; cursor: pointer; font-variant-numeric: tabular-nums; }
.thaw-class summary::before { content: '\\25B8'; color: var(--quiet); }
.thaw-class[open] summary::before { content: '\\25BE'; }
.thaw-class summary strong { flex: 1 1 180px; overflow-wrap: anywhere; min-width: 0; }
.thaw-class summary span { color: var(--quiet); font-size: 14px; min-width: 6.5em; }
.thaw-badge { font-style: normal; font-size: 13px; font-weight: 600; color: var(--wrong); border: 1px solid var(--wrong); border-radius: 4px; padding: 0 6px; }
.thaw-class-body { padding: 0 14px 14px; }
.thaw-frames { position: absolute; width: 0; height: 0; overflow: hidden; }
.thaw-plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); gap: 8px 16px; }
.thaw-plot { margin: 0; min-width: 0; }
.thaw-plot svg { display: block; width: 100%; max-width: 330px; height: auto; font-family: inherit; }
.thaw-plot figcaption { font-size: 14px; font-weight: 600; margin: 8px 0 4px; }
.thaw-key { display: block; font-weight: 400; font-size: 13px; color: var(--quiet); }
.thaw-key i { display: inline-block; width: 14px; height: 0; border-top: 3px solid; vertical-align: middle; margin: 0 3px 0 8px; }
.thaw-key i:first-child { margin-left: 0; }
.thaw-axis-text { fill: var(--quiet); } .thaw-axis-line { stroke: var(--line); }
.thaw-line { fill: none; stroke-width: 2; stroke: var(--link); }
.thaw-line.chance { stroke: var(--quiet); stroke-width: 1.2; stroke-dasharray: 4 4; }
.thaw-line.precision { stroke: var(--link); } .thaw-key .precision { border-color: var(--link); }
.thaw-line.recall { stroke: var(--wrong); stroke-dasharray: 7 3; } .thaw-key .recall { border-color: var(--wrong); border-top-style: dashed; }
.thaw-line.f1 { stroke: var(--right); stroke-width: 2.6; } .thaw-key .f1 { border-color: var(--right); }
.thaw-dot { fill: var(--card); stroke: var(--text); stroke-width: 2.5; }
.thaw-bin { fill: var(--link); fill-opacity: .55; }
.thaw-cursor { fill: none; stroke: var(--text); stroke-width: 1.5; stroke-dasharray: 5 3; }
.thaw-threshold { display: flex; flex-wrap: wrap; gap: 12px 32px; align-items: start; margin: 12px 0; padding: 10px 14px; background: var(--page); border-radius: 8px; }
.thaw-threshold > div { flex: 1 1 260px; min-width: 0; }
.thaw-threshold label { display: block; font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
.thaw-threshold input { width: 100%; margin: 6px 0; accent-color: var(--link); }
.thaw-at { margin: 0; font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
.thaw-go { display: flex; flex-wrap: wrap; gap: 8px; margin: 6px 0 0; }
.thaw-go[hidden] { display: none; }
.thaw-go button { font: inherit; font-size: 14px; color: var(--text); background: var(--card); border: 1px solid var(--control); border-radius: 6px; padding: 3px 10px; cursor: pointer; }
.thaw-threshold dl { grid-template-columns: repeat(2, auto); }
.thaw-confusion { border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
.thaw-confusion th { font-weight: 400; color: var(--quiet); padding: 3px 8px; text-align: right; }
.thaw-confusion td { padding: 3px 8px; text-align: right; font-weight: 600; }
.thaw-confusion .right { color: var(--right); } .thaw-confusion .wrong { color: var(--wrong); } .thaw-confusion .missed { color: var(--missed); }
.thaw-simple { border-collapse: collapse; font-variant-numeric: tabular-nums; max-width: 100%; }
.thaw-simple th, .thaw-simple td { padding: 5px 14px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.thaw-simple tbody th { font-weight: 500; }
.thaw-simple thead th { font-size: 13px; color: var(--quiet); font-weight: 600; overflow-wrap: normal; }
.thaw-time { width: 160px; max-width: 30vw; height: 10px; margin-top: 6px; }
.thaw-time i { display: block; height: 100%; background: var(--bar); border-radius: 2px; }
.thaw-gallery { display: grid; grid-template-columns: repeat(auto-fill, minmax(132px, 1fr)); gap: 14px; list-style: none; margin: 0; padding: 0; }
.thaw-gallery figure { margin: 0; }
.thaw-gallery img { display: block; height: 128px; width: auto; max-width: 100%; border-radius: 6px; object-fit: contain; }
.thaw-gallery figcaption { font-size: 14px; margin-top: 4px; overflow-wrap: anywhere; }
.thaw-gallery small { color: var(--quiet); }
summary:focus-visible, .thaw-controls :focus-visible, .thaw-threshold :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media screen and (max-width: 480px) {
  .thaw-gallery { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .thaw-simple th, .thaw-simple td { padding-right: 8px; font-size: 14px; }
  .thaw-class summary strong { flex-basis: 60%; }
  .thaw-class summary span { min-width: 0; }
}
@media print {
  .thaw-controls, .thaw-go, .thaw-threshold input { display: none !important; }
  .thaw-class:not([open]) { display: none; }
  h3 { font-size: 12px; }
  .thaw-plot figcaption, .thaw-key, .thaw-simple th, .thaw-simple td, .thaw-gallery figcaption, .thaw-confusion, .thaw-class summary span, .thaw-tile p, .thaw-tile h3 small { font-size: 10px; }
  .thaw-alert h3, .thaw-at { font-size: 14px; } .thaw-tile .thaw-value { font-size: 22px; }
  .thaw-card, .thaw-tile, .thaw-class-body, .thaw-gallery li { break-inside: avoid; }
  .thaw-plots { grid-template-columns: repeat(4, 1fr); }
  .thaw-bullet, .thaw-bullet *, .thaw-time i, .thaw-alert { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
