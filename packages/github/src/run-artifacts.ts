import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Artifacts, UserError } from '@mlwright/domain'
import { type GitHubApi, notFound } from './github-api.ts'

interface Found {
  readonly id: number
  readonly digest: string | undefined
}

/** Artifacts of workflow runs. Their client reads the runner's environment itself. */
export class RunArtifacts implements Artifacts {
  readonly #api: GitHubApi
  readonly #token: string

  constructor(api: GitHubApi, token: string) {
    this.#api = api
    this.#token = token
  }

  async upload(name: string, folder: string, files: readonly string[]): Promise<void> {
    const { client, absent } = await this.#client()
    await explained(`upload the artifact ${name}`, async () => {
      await client.deleteArtifact(name).catch(absent)
      const paths = files.map((file) => join(folder, file))
      await client.uploadArtifact(name, paths, folder)
    })
  }

  /** An artifact that has expired counts as none. */
  async download(name: string, folder: string, run?: number): Promise<boolean> {
    const found = run === undefined ? await this.#ofThisRun(name) : await this.#ofRun(name, run)
    if (!found) return false
    const { client } = await this.#client()
    await mkdir(folder, { recursive: true })
    const { digestMismatch } = await explained(`download the artifact ${name}`, () =>
      client.downloadArtifact(found.id, {
        path: folder,
        ...(found.digest && { expectedHash: found.digest }),
        ...(run !== undefined && { findBy: this.#place(run) }),
      }),
    )
    if (!digestMismatch) return true
    throw new UserError('ARTIFACT_MISSING', `The artifact ${name} arrived damaged; run the job again.`)
  }

  async #ofThisRun(name: string): Promise<Found | null> {
    const { client, absent } = await this.#client()
    const found = await explained(`find the artifact ${name}`, () => client.getArtifact(name).catch(absent))
    return found && { id: found.artifact.id, digest: found.artifact.digest }
  }

  async #ofRun(name: string, run: number): Promise<Found | null> {
    const question = { doing: `list the artifacts of run ${run}`, permission: 'actions: read' }
    const answer = await this.#api.askUnless(question, notFound, (octokit) =>
      octokit.rest.actions.listWorkflowRunArtifacts({ ...this.#api.repository, run_id: run, name, per_page: 100 }),
    )
    const newest = answer?.data.artifacts.filter(({ expired }) => !expired).sort((one, other) => other.id - one.id)[0]
    return newest ? { id: newest.id, digest: newest.digest ?? undefined } : null
  }

  #place(run: number) {
    const { owner, repo } = this.#api.repository
    return { token: this.#token, workflowRunId: run, repositoryOwner: owner, repositoryName: repo }
  }

  async #client() {
    const { ArtifactNotFoundError, DefaultArtifactClient } = await import('@actions/artifact')
    const absent = (error: unknown): null => {
      if (error instanceof ArtifactNotFoundError) return null
      throw error
    }
    return { client: new DefaultArtifactClient(), absent }
  }
}

async function explained<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('API_FAILED', `GitHub's artifact service failed to ${doing} (${reason}); run the job again.`, {
      cause: error,
    })
  }
}
