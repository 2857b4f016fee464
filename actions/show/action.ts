import { defineAction, input } from '@mlwright/action'
import { readMoment, registryEvents, registryState, renderShow } from '@mlwright/registry'
import { oneModel } from './one-model.ts'

export default defineAction({
  name: 'show',
  description: 'Show every model: its versions, and which of them is in each stage, now or on any day.',
  question: true,
  positional: ['model'],
  inputs: {
    at: input.text('Day, time (ISO 8601) or Unix seconds to look at; a day means its end in UTC (default: now).', {
      optional: true,
    }),
  },
  outputs: { state: 'The state (JSON): `models` with `latest`, `versions` and `stages` by name, and `deprecated`.' },
  async run({ at, model }, { tags }) {
    const events = registryEvents(await tags.stamps())
    const state = oneModel(registryState(events, { at: readMoment(at) }), model)
    return {
      verdict: 'pass',
      get summary() {
        return renderShow(state)
      },
      noun: state,
      outputs: { state: JSON.stringify(state) },
    }
  },
})
