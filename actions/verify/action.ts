import { defineAction, input } from '@mlwright/action'
import { verifyOutcome, verifyOutputs } from './verify-outcome.ts'
import { verifyVersion } from './verify-version.ts'

export default defineAction({
  name: 'verify',
  description: 'Check that a version is what was registered: tag, files, records, provenance and gates.',
  question: true,
  positional: ['version'],
  inputs: {
    version: input.text('The version, such as churn@v1.4.0; with the input `model` v1.4.0 will do.'),
  },
  outputs: verifyOutputs,
  async run(inputs, ports) {
    return verifyOutcome(await verifyVersion(inputs, ports))
  },
})
