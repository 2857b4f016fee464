import { openDataset, validate } from '@mlwright/data'
import { type Annotation, nearest, type Ports, UserError, type ValidationReport } from '@mlwright/domain'
import { findingAnnotations } from '@mlwright/report'
import { recordText } from '@mlwright/tracking'
import { dataFiles, readConfig, readContract } from '../common/project.ts'

interface Source {
  readonly name: string
  readonly source: string
  readonly contract: string | undefined
}

interface Inputs {
  readonly config: string
  readonly dataset?: string | undefined
  readonly data?: string | undefined
  readonly contract?: string | undefined
}

async function sources(inputs: Inputs, ports: Ports): Promise<Source[]> {
  if (inputs.data !== undefined) {
    if (inputs.dataset !== undefined) throw new UserError('INPUT_INVALID', 'Give either `dataset` or `data`, not both.')
    const name =
      inputs.data
        .replace(/^.*\//, '')
        .replace(/\..*$/, '')
        .replace(/[^\w-]+/g, '-') || 'data'
    return [{ name, source: inputs.data, contract: inputs.contract }]
  }
  const config = await readConfig(ports.files, inputs.config)
  const names = Object.keys(config.datasets)
  if (inputs.dataset !== undefined && !names.includes(inputs.dataset)) {
    const near = nearest(inputs.dataset, names)
    throw new UserError(
      'INPUT_INVALID',
      `${inputs.config} has no dataset ${inputs.dataset}; ${near ? `did you mean ${near}?` : `datasets here: ${names.join(', ')}.`}`,
    )
  }
  return Object.entries(config.datasets)
    .filter(([name]) => inputs.dataset === undefined || name === inputs.dataset)
    .map(([name, dataset]) => ({ name, source: dataset.source, contract: inputs.contract ?? dataset.contract }))
}

/** Validates one dataset or all of them, and writes each report to `.mlwright/validations/`. */
export async function validateDatasets(
  inputs: Inputs,
  ports: Ports,
): Promise<{ report: ValidationReport; path: string; annotations: Annotation[] }[]> {
  const results: { report: ValidationReport; path: string; annotations: Annotation[] }[] = []
  for (const { name, source, contract: contractPath } of await sources(inputs, ports)) {
    const contract = contractPath === undefined ? null : await readContract(ports.files, contractPath, name)
    const files = await dataFiles(ports, source)
    const report = await ports.progress.during(`Validating ${name}`, async () => {
      const opened = await openDataset(ports.engine, { name, files, ...(contract && { types: contract.types }) })
      const showValues = ports.event.repository?.private ?? ports.event.name === 'local'
      return validate(ports.engine, opened, contract, { showValues })
    })
    const path = `.mlwright/validations/${name}.json`
    await ports.files.write(path, recordText(report))
    const { prefix } = report.findings.length > 0 ? await ports.git.head() : { prefix: '' }
    results.push({ report, path, annotations: findingAnnotations(report.findings, prefix) })
  }
  return results
}
