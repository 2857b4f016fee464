import { defineAction } from '@mlwright/action'
import { folderPrefix } from '../common/artifact-name.ts'
import { doctorOutcome, doctorOutputs } from './doctor-outcome.ts'
import { examine } from './examine.ts'

export default defineAction({
  name: 'doctor',
  description:
    'Find what is wrong in the registry: tags, releases, stages files, environments, records; each with its fix.',
  question: true,
  inputs: {},
  outputs: doctorOutputs,
  async run(inputs, ports) {
    return doctorOutcome(await examine(inputs, ports), folderPrefix(inputs))
  },
})
