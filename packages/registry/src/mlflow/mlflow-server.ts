import { UserError } from '@mlwright/domain'
import { type MlflowRecord, mlflowNumber, mlflowRecord, mlflowVersion } from './mlflow-record.ts'
import type { MlflowSource } from './mlflow-source.ts'

/** Fetches JSON by a path below the server's address; null where there is no such thing (404). */
export type FetchJson = (path: string) => Promise<unknown>

const api = '/api/2.0/mlflow'

const listOf = (value: unknown, where: string): MlflowRecord[] =>
  value === undefined
    ? []
    : Array.isArray(value)
      ? value.map((item) => mlflowRecord(item, where))
      : [mlflowRecord(null, where)]

/** Every item of a search, page by page. */
async function search(fetchJson: FetchJson, what: string, key: string): Promise<MlflowRecord[]> {
  const items: MlflowRecord[] = []
  let token = ''
  do {
    const path = `${api}/${what}/search?max_results=1000${token && `&page_token=${encodeURIComponent(token)}`}`
    const page = mlflowRecord(await fetchJson(path), `The answer to ${path}`)
    items.push(...listOf(page[key], `The answer to ${path}`))
    const next = typeof page.next_page_token === 'string' ? page.next_page_token : ''
    if (next !== '' && next === token)
      throw new UserError(
        'API_FAILED',
        `The MLflow server answers ${path} with the page that it was asked after; try again.`,
      )
    token = next
  } while (token !== '')
  return items
}

/** The registry of an MLflow server, through its REST API. */
export function mlflowServer(fetchJson: FetchJson): MlflowSource {
  return {
    async models() {
      const models = await search(fetchJson, 'registered-models', 'registered_models')
      const versions = await search(fetchJson, 'model-versions', 'model_versions')
      return models.map((model) => {
        const name = String(model.name)
        const where = `The model ${name} of the MLflow server`
        const aliases = listOf(model.aliases, where)
        return {
          name,
          aliases: new Map(aliases.map(({ alias, version }) => [String(alias), mlflowNumber(version, where)])),
          versions: versions.filter((version) => version.name === name).map((version) => mlflowVersion(version, where)),
        }
      })
    },
    async commit(run) {
      const answer = await fetchJson(`${api}/runs/get?run_id=${encodeURIComponent(run)}`)
      if (answer === null) return null
      const where = `The run ${run} of the MLflow server`
      const data = mlflowRecord(mlflowRecord(mlflowRecord(answer, where).run, where).data, where)
      const tag = listOf(data.tags, where).find(({ key }) => key === 'mlflow.source.git.commit')
      return typeof tag?.value === 'string' ? tag.value : null
    },
  }
}
