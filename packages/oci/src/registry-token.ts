import { UserError } from '@mlwright/domain'
import type { ImageReference } from './image-reference.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
}

/** What a token is asked for: a repository, and what to do there. */
export interface Scope {
  readonly repository: string
  readonly actions: 'pull' | 'pull,push'
}

const basic = ({ user, password }: Credentials) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`

/** The parameters of a `WWW-Authenticate` header. */
function challenge(header: string): { readonly scheme: string; readonly parameters: ReadonlyMap<string, string> } {
  const [, scheme = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(header) ?? []
  const parameters = new Map(
    [...rest.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1]!.toLowerCase(), match[2]!]),
  )
  return { scheme: scheme.toLowerCase(), parameters }
}

/** What to send as `Authorization` after a 401: Basic, or a Bearer token of the realm that the registry names. Throws `UserError` PERMISSION_MISSING. */
export async function registryToken(
  refused: Response,
  { registry, repository }: Pick<ImageReference, 'registry' | 'repository'>,
  scopes: readonly Scope[],
  credentials: Credentials | undefined,
): Promise<string> {
  const { scheme, parameters } = challenge(refused.headers.get('www-authenticate') ?? '')
  const what = scopes.some(({ actions }) => actions !== 'pull') ? 'write to' : 'read'
  const denied = (why: string) =>
    new UserError('PERMISSION_MISSING', `The registry ${registry} asks for a login to ${what} ${repository}: ${why}.`)
  if (scheme === 'basic') {
    if (credentials) return basic(credentials)
    throw denied('give a user and a password')
  }
  const realm = parameters.get('realm')
  if (scheme !== 'bearer' || realm === undefined) throw denied('its answer names no way to log in')
  const url = new URL(realm)
  const service = parameters.get('service')
  if (service !== undefined) url.searchParams.set('service', service)
  for (const { repository: name, actions } of scopes) url.searchParams.append('scope', `repository:${name}:${actions}`)
  const response = await fetch(url, { headers: credentials ? { Authorization: basic(credentials) } : {} })
  if (!response.ok) throw denied(credentials ? `its login answered ${response.status}` : 'give a user and a password')
  const { token, access_token: access } = (await response.json()) as { token?: string; access_token?: string }
  if (token ?? access) return `Bearer ${token ?? access}`
  throw denied('its login gave no token')
}
