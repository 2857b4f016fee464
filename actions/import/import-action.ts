import { type Action, commonInputs, type InputValues, input } from '@mlwright/action'
import { UserError } from '@mlwright/domain'

export type { ImportHost } from './import-host.ts'

import { importGto } from './import-gto.ts'
import type { ImportHost } from './import-host.ts'
import { importMlflow } from './import-mlflow.ts'
import { gtoOutcome, mlflowOutcome } from './import-outcome.ts'
import { openMlflow } from './open-mlflow.ts'

const inputs = {
  source: input.choice('What is imported: `gto`, whose tags need no change, or `mlflow`.', ['gto', 'mlflow']),
  from: input.text('For MLflow: a folder mlruns, or the address of a server.', { optional: true }),
  'dry-run': input.flag('Write nothing; show what would be written.', { default: false }),
  'working-directory': commonInputs['working-directory'],
}

/** What a log may show of an address. */
const withoutCredentials = (from: string) => from.replace(/^(https?:\/\/)[^/@]*@/, '$1')

/** `mlwright import`: an existing registry becomes versions, stages and releases. */
export function importAction(host: ImportHost | null): Action {
  return {
    name: 'import',
    description: 'Bring an existing registry over: gto as it is, or MLflow with versions, model files and stages.',
    inputs,
    positional: ['source'],
    outputs: {},
    async run(given, ports) {
      const { dryRun, from, source } = given as InputValues<typeof inputs>
      if (source === 'gto') return gtoOutcome(await importGto(ports))
      if (from === undefined)
        throw new UserError(
          'INPUT_INVALID',
          'Name the folder mlruns or the address of the MLflow server with `--from`.',
        )
      if (!host) throw new Error('An import needs a program to run in.')
      const mlflow = await openMlflow(host, from, ports.files.absolute('.'))
      return mlflowOutcome(await importMlflow(ports, mlflow, withoutCredentials(from), dryRun))
    },
  }
}
