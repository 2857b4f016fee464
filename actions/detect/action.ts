import { defineAction, input } from '@mlwright/action'
import { detect } from './detect.ts'

const names = ['adwin', 'ddm', 'eddm', 'page-hinkley', 'kswin', 'hddm-a', 'hddm-w'] as const

export default defineAction({
  name: 'detect',
  description: 'Watch a stream of values or errors, and say at which of them it changes.',
  inputs: {
    detector: input.choice('Detector, with the defaults of river.', names, { default: 'adwin' }),
    values: input.text('Path of a CSV, Parquet or JSON Lines file with the values in their order.'),
    column: input.text('Column of the values (default: the only one, or the first with numbers).', { optional: true }),
    seed: input.number('Seed of the samples that `kswin` draws.', { default: 0 }),
  },
  outputs: {
    verdict: '`warn` where the detector fires, else `pass`.',
    indices: 'Positions of the values at which it fires, from 0, as a JSON array.',
  },
  async run(inputs, ports) {
    const detection = await detect(inputs, ports)
    const { detector, column, indices, values } = detection
    const verdict = indices.length > 0 ? 'warn' : 'pass'
    const shown = indices.length > 20 ? `${indices.slice(0, 20).join(', ')}, …` : indices.join(', ')
    const message =
      indices.length > 0
        ? `${detector} fires ${indices.length} times in ${values} values of ${column}: at ${shown} (from 0).`
        : `${detector} does not fire in ${values} values of ${column}.`
    return {
      verdict,
      message: message.replace('fires 1 times', 'fires once'),
      summary: '',
      noun: detection,
      outputs: { verdict, indices: JSON.stringify(indices) },
    }
  },
})
