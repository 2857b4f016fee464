/** The page's program, which runs in browsers. */
export const docsScript = `
const form = document.getElementById('form')
const answer = document.getElementById('answer')
const request = document.getElementById('request')
const key = document.getElementById('key')
const fields = [...document.querySelectorAll('[data-column]')]
const read = (field) => {
  const { value, dataset } = field
  if (dataset.type === 'list') { try { return JSON.parse(value) } catch { return value } }
  if (value === '') return null
  if (dataset.type === 'boolean') return value === 'true'
  if (dataset.type !== 'number') return value
  const number = Number(value)
  return Number.isNaN(number) ? value : number
}
const row = () => Object.fromEntries(fields.map((field) => [field.dataset.column, read(field)]))
const quote = (text) => "'" + text.replaceAll("'", "'\\\\''") + "'"
const describe = () => {
  const auth = key ? " -H 'Authorization: Bearer KEY'" : ''
  request.textContent = 'curl ' + location.origin + '/predict' + auth + " -H 'Content-Type: application/json' -d " + quote(JSON.stringify(row()))
}
const cell = (name, text) => { const node = document.createElement(name); node.textContent = text; return node }
const show = (text, failed) => { answer.className = failed ? 'error' : ''; answer.replaceChildren(text) }
const line = (name, value) => { const tr = document.createElement('tr'); tr.append(cell('th', name), cell('td', value)); return tr }
form.addEventListener('input', describe)
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  for (const field of fields) field.removeAttribute('aria-invalid')
  show('Predicting\\u2026', false)
  try {
    const headers = { 'Content-Type': 'application/json' }
    if (key) headers.Authorization = 'Bearer ' + key.value
    const response = await fetch('/predict', { method: 'POST', headers, body: JSON.stringify(row()) })
    const body = await response.json()
    if (!response.ok) {
      show(body.error, true)
      const field = fields.find(({ dataset }) => body.error.includes('the column ' + dataset.column + ' '))
      if (response.status === 401 && key) key.focus()
      else if (field) { field.setAttribute('aria-invalid', 'true'); field.focus() }
      return
    }
    const { prediction, probabilities } = body
    show(typeof prediction === 'object' ? JSON.stringify(prediction) : String(prediction), false)
    if (!probabilities) return
    const table = document.createElement('table')
    for (const [name, share] of Object.entries(probabilities)) table.append(line(name, (100 * share).toFixed(1) + ' %'))
    answer.append(table)
  } catch (error) {
    show('The server did not answer: ' + error.message, true)
  }
})
describe()
`
