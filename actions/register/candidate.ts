import { type Files, type Ports, UserError } from '@mlwright/domain'
import { readRecord, recordText } from '@mlwright/tracking'
import { z } from 'zod'
import { artifactName, type PipelineScope } from '../common/artifact-name.ts'
import { upload } from '../common/upload.ts'

const Tensor = z.object({ name: z.string(), type: z.string(), shape: z.array(z.number().nullable()) })

/** A run that is to become a version: what the judging job found, for the job that may write. */
export const Candidate = z.object({
  kind: z.literal('ReleaseCandidate'),
  version: z.literal(1),
  model: z.string(),
  /** Commit whose inputs gave the run; the version's tag goes there. */
  commit: z.string(),
  run: z.string(),
  /** Its place among the candidates of its model, the oldest commit first. */
  position: z.number().default(0),
  /** Why the run is not the one that the pull request showed; null where it is. */
  retrained: z.string().nullable(),
  /** Version in the stage that the candidate is proposed for; null where the stage is empty. */
  champion: z.string().nullable(),
  signature: z.object({ inputs: z.array(Tensor), outputs: z.array(Tensor) }).nullable(),
})
export type Candidate = z.infer<typeof Candidate>

export const candidatesFolder = '.mlwright/candidates'

const pathOf = (candidate: Pick<Candidate, 'model' | 'run'>) =>
  `${candidatesFolder}/${candidate.model}/${candidate.run}.json`

export async function writeCandidate(files: Files, candidate: Omit<Candidate, 'kind' | 'version'>): Promise<void> {
  await files.write(pathOf(candidate), recordText({ kind: 'ReleaseCandidate', version: 1, ...candidate }))
}

/** The candidates, oldest commit first. */
export async function readCandidates(files: Files): Promise<Candidate[]> {
  const paths = await files.glob(`${candidatesFolder}/*/*.json`)
  const all = await Promise.all(
    paths.map(async (path) => {
      const candidate = readRecord(Candidate, (await files.read(path))!, path)
      if (/^[0-9a-f]{40}$/.test(candidate.commit) && path === pathOf(candidate)) return candidate
      throw new UserError(
        'RECORD_INVALID',
        `A release candidate of ${candidate.model} is not where it says it is; run the workflow again.`,
      )
    }),
  )
  return all.sort((a, b) => a.position - b.position)
}

/** Hands the candidates to the job that may write. */
export function uploadCandidates(ports: Pick<Ports, 'artifacts' | 'files'>, scope: PipelineScope): Promise<void> {
  return upload(ports, artifactName('release', scope), [
    `${candidatesFolder}/*/*`,
    '.mlwright/runs/*/*',
    '.mlwright/salt',
  ])
}
