import { defineAction } from '@mlwright/action'
import { registryEvents, renderHistory } from '@mlwright/registry'
import { newestFirst } from './newest-first.ts'

export default defineAction({
  name: 'history',
  description: 'List what happened to models, newest first: registrations, stages, deprecations, each with its tag.',
  question: true,
  positional: ['model'],
  inputs: {},
  outputs: { events: 'Number of events.' },
  async run({ model }, { tags }) {
    const events = newestFirst(registryEvents(await tags.stamps()), model)
    return {
      verdict: 'pass',
      get summary() {
        return renderHistory(events)
      },
      noun: events,
      outputs: { events: String(events.length) },
    }
  },
})
