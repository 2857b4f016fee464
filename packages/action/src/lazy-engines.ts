import type { Engine, Sessions } from '@mlwright/domain'

interface Engines {
  readonly engine: Engine
  readonly sessions: Sessions
  /** Closes the engine where it was opened; one that failed to open needs no closing. */
  close(): Promise<void>
}

/** Engine and sessions that are made by the first call that needs them, so that other actions never pay for them. */
export function lazyEngines(make: {
  engine(): Promise<Engine & { close(): Promise<void> }>
  sessions(): Promise<Sessions>
}): Engines {
  let opened: ReturnType<typeof make.engine> | null = null
  let loaded: Promise<Sessions> | null = null
  const open = () => {
    opened ??= make.engine()
    return opened
  }
  return {
    engine: {
      async *query(sql) {
        yield* (await open()).query(sql)
      },
      execute: async (sql) => (await open()).execute(sql),
      caged: async (request) => (await open()).caged(request),
    },
    sessions: {
      async open(model) {
        loaded ??= make.sessions()
        return (await loaded).open(model)
      },
    },
    close: async () => (await opened?.catch(() => null))?.close(),
  }
}
