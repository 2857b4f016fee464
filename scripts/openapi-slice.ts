import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Cuts the operations that the GitHub double serves out of GitHub's description of its API, as JSON Schema 2020-12.
 * `npm install @octokit/openapi` somewhere outside (it takes 385 MB), then
 * `node scripts/lib/openapi-slice.js <there>/node_modules/@octokit/openapi/generated/api.github.com.json`.
 */
const operations = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues',
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'POST /repos/{owner}/{repo}/check-runs',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
  'GET /repos/{owner}/{repo}/commits/{ref}',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'GET /repos/{owner}/{repo}/git/ref/{ref}',
  'GET /repos/{owner}/{repo}/git/matching-refs/{ref}',
  'POST /repos/{owner}/{repo}/git/refs',
  'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
  'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}',
  'POST /repos/{owner}/{repo}/git/trees',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
  'POST /repos/{owner}/{repo}/git/blobs',
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}',
  'POST /repos/{owner}/{repo}/git/commits',
  'POST /repos/{owner}/{repo}/git/tags',
  'GET /repos/{owner}/{repo}/git/tags/{tag_sha}',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/releases',
  'POST /repos/{owner}/{repo}/releases',
  'GET /repos/{owner}/{repo}/releases/tags/{tag}',
  'GET /repos/{owner}/{repo}/releases/{release_id}',
  'PATCH /repos/{owner}/{repo}/releases/{release_id}',
  'DELETE /repos/{owner}/{repo}/releases/{release_id}',
  'GET /repos/{owner}/{repo}/releases/{release_id}/assets',
  'POST /repos/{owner}/{repo}/releases/{release_id}/assets',
  'GET /repos/{owner}/{repo}/releases/assets/{asset_id}',
  'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}',
  'GET /repos/{owner}/{repo}/deployments',
  'POST /repos/{owner}/{repo}/deployments',
  'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
  'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
  'GET /repos/{owner}/{repo}/environments/{environment_name}',
  'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
  'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts',
  'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
]

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type Node = { [key: string]: Json }

/** Words for people, and what OpenAPI adds to JSON Schema. */
const dropped = new Set([
  'description',
  'example',
  'examples',
  'title',
  'externalDocs',
  'deprecated',
  'discriminator',
  'xml',
])

/** A schema without its words, with `nullable` said as JSON Schema does; `named` is true where the keys are property names. */
function plain(value: Json, named = false): Json {
  if (Array.isArray(value)) return value.map((item) => plain(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => named || (!dropped.has(key) && !key.startsWith('x-')))
  const node: Node = Object.fromEntries(kept.map(([key, item]) => [key, plain(item, !named && key === 'properties')]))
  if (named || node.nullable === undefined) return node
  const { nullable, ...rest } = node
  if (!nullable) return rest
  if (typeof rest.type === 'string' && !rest.enum) return { ...rest, type: [rest.type, 'null'] }
  return { anyOf: [rest, { type: 'null' }] }
}

function follow(document: Node, value: Json | undefined): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  if (typeof value.$ref !== 'string') return value
  const target = value.$ref
    .slice(2)
    .split('/')
    .reduce<Json>((node, key) => (node as Node)[key]!, document)
  return follow(document, target)
}

function jsonSchema(document: Node, holder: Json | undefined): Json {
  const content = follow(document, follow(document, holder).content)
  return plain(follow(document, content['application/json']).schema ?? {})
}

function operation(document: Node, name: string): Node {
  const [method = '', path = ''] = name.split(' ')
  const { [method.toLowerCase()]: source, parameters = [] } = follow(document, follow(document, document.paths)[path])
  const described = follow(document, source)
  if (!described.responses) throw new Error(`GitHub describes no ${name}`)
  const all = [...(parameters as Json[]), ...((described.parameters as Json[]) ?? [])].map((p) => follow(document, p))
  const query = all.filter((p) => p.in === 'query').map((p) => [String(p.name), plain(p.schema!)] as const)
  const answers = Object.entries(follow(document, described.responses))
    .filter(([status, response]) => status.startsWith('2') && follow(document, response).content !== undefined)
    .map(([status, response]) => [status, jsonSchema(document, response)] as const)
  return {
    query: Object.fromEntries(query),
    ...(described.requestBody !== undefined && { request: jsonSchema(document, described.requestBody) }),
    responses: Object.fromEntries(answers),
  }
}

/** The component schemas that a value names, directly or through one another. */
function schemasOf(document: Node, value: Json): Node {
  const schemas = follow(document, follow(document, document.components).schemas)
  const found: Node = {}
  const waiting = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const [, name] of JSON.stringify(next).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || found[name] !== undefined) continue
      found[name] = plain(schemas[name]!)
      waiting.push(found[name])
    }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const source: Node = JSON.parse(await readFile(process.argv[2]!, 'utf8'))
const sliced: Node = Object.fromEntries(operations.map((name) => [name, operation(source, name)]))
const version = follow(source, source.info).version ?? ''
const slice = { generated: 'by scripts/openapi-slice.ts from @octokit/openapi', version, operations: sliced }
const target = join(dirname(fileURLToPath(import.meta.url)), '../../test/github-double/openapi.generated.json')
const text = JSON.stringify({ ...slice, components: { schemas: schemasOf(source, sliced) } }, null, 1)
await writeFile(target, `${text.replace('{\n ', '{')}\n`)
