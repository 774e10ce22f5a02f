/**
 * Sorts the table before it by the clicked header: a number column from high to low first, undefined values
 * always last.
 * It is a constant text, so that `htmlReport` can allow this script by its hash, and no other.
 */
export const tableSortScript = `
(() => {
  const table = document.currentScript.previousElementSibling.querySelector('table');
  const body = table.querySelector('tbody');
  const heads = [...table.querySelectorAll('thead th')];
  heads.forEach((head, column) => {
    head.querySelector('button').addEventListener('click', () => {
      const numeric = column > 0;
      const before = head.getAttribute('aria-sort');
      const up = before ? before === 'descending' : !numeric;
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const key = (row) => {
        const value = row.children[column].dataset.value;
        return numeric ? (value === '' ? NaN : Number(value)) : value;
      };
      [...body.children]
        .map((row) => ({ row, key: key(row) }))
        .sort((a, b) => {
          if (!numeric) return (up ? 1 : -1) * a.key.localeCompare(b.key);
          if (Number.isNaN(a.key) || Number.isNaN(b.key)) return Number.isNaN(a.key) - Number.isNaN(b.key);
          return (up ? 1 : -1) * (a.key - b.key);
        })
        .forEach(({ row }) => body.append(row));
    });
  });
})();
`;
