/** The dashboard's program, which runs in browsers: the buttons in a table's head sort its rows; rows without a value stand last. */
export const dashboardScript = `
const status = document.getElementById('status')
const { compare } = new Intl.Collator('en', { numeric: true })
for (const table of document.querySelectorAll('table[data-sortable]')) {
  const [body] = table.tBodies
  const heads = [...table.tHead.rows[0].cells]
  const sort = (head, direction) => {
    const sign = direction === 'ascending' ? 1 : -1
    const order = head.dataset.type === 'number' ? (a, b) => a - b : compare
    const keyed = [...body.rows].map((row) => [row, row.cells[head.cellIndex].dataset.key])
    keyed.sort(([, a], [, b]) => (a === undefined || b === undefined ? (a === undefined) - (b === undefined) : sign * order(a, b)))
    body.append(...keyed.map(([row]) => row))
    for (const other of heads) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', direction)
    status.textContent = 'Sorted by ' + head.textContent.trim() + ', ' + direction + '.'
  }
  for (const head of heads)
    head.querySelector('button')?.addEventListener('click', () => {
      const now = head.getAttribute('aria-sort')
      sort(head, now === null ? head.dataset.first : now === 'ascending' ? 'descending' : 'ascending')
    })
}
`
