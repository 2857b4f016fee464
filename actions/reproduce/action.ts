import { defineAction, input } from '@mlwright/action'
import { reproduceOutcome, reproduceOutputs } from './reproduce-outcome.ts'
import { reproduceVersion } from './reproduce-version.ts'

export default defineAction({
  name: 'reproduce',
  description: 'Train a version again from its commit, and say whether the bytes are the same.',
  question: true,
  positional: ['version'],
  inputs: {
    version: input.text('The version, such as churn@v1.4.0; with the input `model` v1.4.0 will do.'),
  },
  outputs: reproduceOutputs,
  async run(inputs, ports) {
    return reproduceOutcome(await reproduceVersion(inputs, ports))
  },
})
