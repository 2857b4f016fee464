import type { Route } from '../route.ts'
import { artifactRoutes } from './artifacts.ts'
import { checkRoutes } from './checks.ts'
import { commentRoutes } from './comments.ts'
import { commitRoutes } from './commits.ts'
import { gitObjectRoutes } from './git-objects.ts'
import { gitRefRoutes } from './git-refs.ts'
import { pullRoutes } from './pulls.ts'
import { repositoryRoutes } from './repository.ts'

/** Longer paths first, since `commits/{ref}` would swallow `commits/{ref}/check-runs`. */
export const routes: readonly Route[] = [
  ...artifactRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...gitObjectRoutes,
  ...gitRefRoutes,
  ...pullRoutes,
  ...repositoryRoutes,
].sort((a, b) => b.operation.split('/').length - a.operation.split('/').length)
