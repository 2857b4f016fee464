import type { Answer, ApiRequest } from './route.ts'

/** One page of a list, with GitHub's `Link` header; `wrap` for answers that are an object around the list. */
export function page<T>(
  request: ApiRequest,
  all: readonly T[],
  wrap: (items: T[]) => unknown = (items) => items,
): Answer {
  const size = Math.min(Number(request.query.get('per_page') ?? 30), 100)
  const current = Number(request.query.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const to = (number: number, rel: string) => {
    const url = new URL(request.url)
    url.searchParams.set('page', String(number))
    return `<${url}>; rel="${rel}"`
  }
  const links = [
    ...(current > 1 ? [to(current - 1, 'prev'), to(1, 'first')] : []),
    ...(current < last ? [to(current + 1, 'next'), to(last, 'last')] : []),
  ]
  return {
    status: 200,
    body: wrap(all.slice((current - 1) * size, current * size)),
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
  }
}
