import { defineAction, input } from '@mlwright/action'
import { code, plural, renderDashboard } from '@mlwright/report'
import { readDashboard } from './read-dashboard.ts'

export default defineAction({
  name: 'dashboard',
  description: 'Write a static page of every model: versions, stages, experiments, drift and performance over time.',
  inputs: {
    output: input.text('Folder to write the page `index.html` to.', { default: '.mlwright/dashboard' }),
  },
  outputs: { path: 'Folder of the page.' },
  async run({ model, output }, ports) {
    const found = await ports.progress.during('Reading the records', () => readDashboard(ports, model))
    const path = output.replace(/\/+$/, '') || '.'
    await ports.files.write(`${path}/index.html`, renderDashboard(found))
    const file = ports.files.absolute(`${path}/index.html`)
    const unread = found.models.flatMap(({ problems }) => problems).length
    const left = unread > 0 ? ` ${plural(unread, 'record')} could not be read; the page lists them.` : ''
    const what = `The dashboard of ${plural(found.models.length, 'model')}`
    const { run } = ports.event
    return {
      verdict: unread > 0 ? 'warn' : 'pass',
      message: `${what} is ${file}; open it in a browser.${left}`,
      summary: run
        ? `${what} is in the folder ${code(path)}; where a later step uploads it, it is among [the artifacts](${run.url}#artifacts).${left}`
        : '',
      noun: { path, file, models: found.models.map(({ name }) => name), unread },
      outputs: { path },
    }
  },
})
