import type { Ports } from '@mlwright/domain'

/** One call of a port's method. */
export interface PortCall {
  readonly port: string
  readonly method: string
  readonly args: readonly unknown[]
}

/** Ports whose every asynchronous call goes through `around`, which may fail before or after it proceeds: how a lease is renewed, and how tests kill a run at any point. */
export function interceptPorts(
  ports: Ports,
  names: readonly (keyof Ports)[],
  around: (call: PortCall, proceed: () => Promise<unknown>) => Promise<unknown>,
): Ports {
  const wrapped = names.flatMap((port) => {
    const target: object | undefined = ports[port]
    if (!target) return []
    const proxy = new Proxy(target, {
      get(_, method) {
        const value: unknown = Reflect.get(target, method)
        if (typeof value !== 'function') return value
        return (...args: unknown[]) =>
          around({ port, method: String(method), args }, async () => Reflect.apply(value, target, args))
      },
    })
    return [[port, proxy] as const]
  })
  return { ...ports, ...Object.fromEntries(wrapped) }
}
