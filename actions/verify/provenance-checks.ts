import type { Run } from '@mlwright/domain'
import { z } from 'zod'
import { sha256 } from '../common/sha256.ts'
import { broken, type Check, holds } from './check.ts'

const file = 'provenance.intoto.jsonl'
const Digest = z.record(z.string(), z.string())

/** What is read of the statement. */
const Statement = z.object({
  subject: z.array(z.object({ name: z.string(), digest: Digest })),
  predicate: z.object({
    buildDefinition: z.object({
      resolvedDependencies: z.array(z.object({ name: z.string(), digest: Digest })),
    }),
  }),
})
type Statement = z.infer<typeof Statement>

/** Files that the statement cannot be about: itself, and the list of digests that is written after it. */
const unnamed = new Set([file, 'SHA256SUMS'])

function parse(bytes: Uint8Array): Statement | null {
  try {
    return Statement.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return null
  }
}

function subjectsCheck({ subject }: Statement, files: ReadonlyMap<string, Uint8Array>): Check {
  const said = new Map(subject.map(({ name, digest }) => [name, digest.sha256]))
  const wrong = [...said].filter(([name, digest]) => {
    const bytes = files.get(name)
    return !bytes || sha256(bytes) !== digest
  })
  const missing = [...files.keys()].filter((name) => !unnamed.has(name) && !said.has(name))
  if (wrong.length > 0)
    return broken('provenance', `Its digests of ${wrong.map(([name]) => name).join(', ')} are not those of the files.`)
  if (missing.length > 0) return broken('provenance', `It says nothing of ${missing.join(', ')}.`)
  return holds('provenance', `Its ${said.size} subjects are the release's files.`)
}

function dependencyCheck({ predicate }: Statement, run: Run): Check {
  const dependencies = predicate.buildDefinition.resolvedDependencies
  const said = (name: string, kind: string) =>
    dependencies.find((dependency) => dependency.name === name)?.digest[kind] ?? null
  const differences = [
    ...(said('data', 'sha256') === run.dataset.digest ? [] : ['data']),
    ...(said('inputs', 'sha256') === run.input_digest ? [] : ['inputs']),
    ...(said('code', 'gitCommit') === run.code.commit ? [] : ['code']),
  ]
  return differences.length === 0
    ? holds('provenance', `It and run.json name the same data (${run.dataset.digest.slice(0, 12)}), inputs and commit.`)
    : broken('provenance', `It and run.json do not name the same ${differences.join(' and ')}.`)
}

/** Holds the provenance to the files and, where there is one, to the run. */
export function provenanceChecks(files: ReadonlyMap<string, Uint8Array>, run: Run | null): Check[] {
  const bytes = files.get(file)
  if (!bytes) return [broken('provenance', `The release has no ${file}.`)]
  const statement = parse(bytes)
  if (!statement) return [broken('provenance', `${file} is not an in-toto statement with SLSA's provenance.`)]
  return [subjectsCheck(statement, files), ...(run ? [dependencyCheck(statement, run)] : [])]
}
