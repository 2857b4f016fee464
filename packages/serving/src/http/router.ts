import { badRequest, HttpError } from './http-error.ts'
import type { Route } from './route.ts'

interface Matched {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

const decode = (part: string) => {
  try {
    return decodeURIComponent(part)
  } catch {
    throw badRequest('The path is not valid percent-encoded UTF-8.')
  }
}

/** Finds routes by method and path. Throws HttpError 404, or 405 with what the path allows. */
export function router(routes: readonly Route[]): (method: string, path: string) => Matched {
  const plain = new Map<string, Route[]>()
  const patterns: { readonly parts: readonly string[]; readonly route: Route }[] = []
  for (const route of routes)
    if (route.path.includes('{')) patterns.push({ parts: route.path.split('/'), route })
    else plain.set(route.path, [...(plain.get(route.path) ?? []), route])

  function candidates(path: string): Matched[] {
    const exact = plain.get(path)
    if (exact) return exact.map((route) => ({ route, params: {} }))
    const given = path.split('/')
    return patterns.flatMap(({ parts, route }) => {
      if (parts.length !== given.length) return []
      const params: Record<string, string> = {}
      for (const [at, part] of parts.entries())
        if (part.startsWith('{')) params[part.slice(1, -1)] = decode(given[at]!)
        else if (part !== given[at]) return []
      return [{ route, params }]
    })
  }
  return (method, path) => {
    const found = candidates(path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)
    const wanted = method === 'HEAD' ? 'GET' : method
    const match = found.find(({ route }) => route.method === wanted)
    if (match) return match
    if (found.length === 0)
      throw new HttpError(404, `There is nothing at ${path.slice(0, 200)}; /docs shows what is served.`)
    const allowed = [...new Set(found.map(({ route }) => route.method))].join(', ')
    throw new HttpError(405, `${path.slice(0, 200)} takes ${allowed}, not ${method}.`, { Allow: allowed })
  }
}
