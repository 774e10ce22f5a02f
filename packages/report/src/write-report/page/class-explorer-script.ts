/**
 * Filters and sorts the parts of the classes, opens the part that a link names, and moves thresholds.
 * Numbers, confusion matrix and the marks in the charts follow the slider.
 *
 * It is a constant text, so that `htmlReport` can allow this script by its hash, and no other.
 */
export const classExplorerScript = `
(() => {
  const root = document.currentScript.previousElementSibling;
  const { plotArea, sweeps } = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const list = root.querySelector('.thaw-class-list');
  const items = [...list.children];
  const control = (name) => root.querySelector('[data-control="' + name + '"]');
  const form = root.querySelector('.thaw-controls');
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());

  const show = () => {
    const text = control('filter').value.trim().toLowerCase();
    const silent = control('silent').checked;
    let shown = 0;
    for (const item of items) {
      const fits = item.dataset.name.toLowerCase().includes(text) && (!silent || item.dataset.silent === '1');
      item.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    control('count').textContent = shown + ' of ' + items.length;
  };
  const sort = () => {
    const key = control('sort').value;
    const number = (item) => (item.dataset[key] === '' ? Infinity : Number(item.dataset[key]));
    const sorted = !key
      ? items
      : [...items].sort((a, b) =>
          key === 'name' ? a.dataset.name.localeCompare(b.dataset.name) : number(a) - number(b) || 0,
        );
    list.append(...sorted);
  };
  control('filter').addEventListener('input', show);
  control('silent').addEventListener('change', show);
  control('sort').addEventListener('change', sort);

  const open = () => {
    const item = document.getElementById(location.hash.slice(1));
    if (!items.includes(item)) return;
    control('filter').value = '';
    control('silent').checked = false;
    show();
    item.open = true;
    item.scrollIntoView();
  };
  addEventListener('hashchange', open);
  document.addEventListener('click', (event) => {
    const link = event.target.closest ? event.target.closest('a[href^="#class-"]') : null;
    if (link && link.hash === location.hash) open();
  });
  open();

  const ratio = (a, b) => (b === 0 ? NaN : a / b);
  const print = (value) => (Number.isNaN(value) ? 'undefined' : value.toFixed(3));
  const digits = (value) => (value === null ? 'none: nothing is predicted' : String(value));
  const mark = (item, name, x, y) => {
    const dot = item.querySelector('circle[data-marker="' + name + '"]');
    if (!dot) return;
    dot.setAttribute('visibility', Number.isNaN(x) || Number.isNaN(y) ? 'hidden' : 'visible');
    if (Number.isNaN(x) || Number.isNaN(y)) return;
    dot.setAttribute('cx', plotArea.left + x * (plotArea.right - plotArea.left));
    dot.setAttribute('cy', plotArea.bottom - y * (plotArea.bottom - plotArea.top));
  };

  items.forEach((item) => {
    const { t, tp, fp, p, n } = sweeps[Number(item.id.slice('class-'.length)) - 1];
    const slider = item.querySelector('input[type=range]');
    const out = (name, value) => {
      item.querySelector('[data-out="' + name + '"]').textContent = value;
    };
    const move = () => {
      const at = Number(slider.value);
      const precision = ratio(tp[at], tp[at] + fp[at]);
      const recall = ratio(tp[at], p);
      const fpr = ratio(fp[at], n);
      slider.setAttribute('aria-valuetext', digits(t[at]));
      out('threshold', digits(t[at]));
      out('precision', print(precision));
      out('recall', print(recall));
      out('specificity', print(1 - fpr));
      out('f1', print(ratio(2 * tp[at], tp[at] + fp[at] + p)));
      out('tp', tp[at]);
      out('fp', fp[at]);
      out('fn', p - tp[at]);
      out('tn', n - fp[at]);
      mark(item, 'roc', fpr, recall);
      mark(item, 'precision', recall, precision);
      const cursor = item.querySelector('path[data-marker="sweep"]');
      const x = plotArea.left + Math.min(t[at] === null ? 1 : t[at], 1) * (plotArea.right - plotArea.left);
      if (cursor) cursor.setAttribute('transform', 'translate(' + x + ' 0)');
    };
    slider.hidden = false;
    slider.addEventListener('input', move);
    item.querySelector('.thaw-go').hidden = false;
    for (const button of item.querySelectorAll('[data-go]')) {
      button.addEventListener('click', () => {
        slider.value = button.dataset.go;
        move();
      });
    }
  });
})();
`;
