import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifacts } from '@mlwright/domain'
import { UserError } from '@mlwright/domain'
import type { GitHubApi } from './github-api.ts'

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

  async download(name: string, folder: string, run?: number): Promise<boolean> {
    const { client, absent } = await this.#client()
    const options = run === undefined ? {} : { findBy: this.#place(run) }
    return explained(`download the artifact ${name}`, async () => {
      const found = await client.getArtifact(name, options).catch(absent)
      if (!found) return false
      await mkdir(folder, { recursive: true })
      const { id, digest } = found.artifact
      const downloaded = await client.downloadArtifact(id, {
        ...options,
        path: folder,
        ...(digest && { expectedHash: digest }),
      })
      if (downloaded.digestMismatch)
        throw new UserError('ARTIFACT_MISSING', `The artifact ${name} arrived damaged; run the job again.`)
      return true
    })
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
    if (error instanceof UserError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError('API_FAILED', `GitHub's artifact service failed to ${doing} (${reason}); run the job again.`, {
      cause: error,
    })
  }
}
