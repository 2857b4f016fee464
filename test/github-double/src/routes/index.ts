import type { Route } from '../route.ts'
import { artifactRoutes } from './artifacts.ts'
import { checkRoutes } from './checks.ts'
import { commentRoutes } from './comments.ts'
import { commitRoutes } from './commits.ts'
import { deploymentRoutes } from './deployments.ts'
import { gitObjectRoutes } from './git-objects.ts'
import { gitRefRoutes } from './git-refs.ts'
import { gitTagRoutes } from './git-tags.ts'
import { issueRoutes } from './issues.ts'
import { pullRoutes } from './pulls.ts'
import { releaseAssetRoutes } from './release-assets.ts'
import { releaseRoutes } from './releases.ts'
import { repositoryRoutes } from './repository.ts'
import { workflowRoutes } from './workflows.ts'

/** Longer paths first, since `commits/{ref}` would swallow `commits/{ref}/check-runs`. */
export const routes: readonly Route[] = [
  ...artifactRoutes,
  ...checkRoutes,
  ...commentRoutes,
  ...commitRoutes,
  ...gitObjectRoutes,
  ...deploymentRoutes,
  ...gitRefRoutes,
  ...gitTagRoutes,
  ...issueRoutes,
  ...pullRoutes,
  ...releaseAssetRoutes,
  ...releaseRoutes,
  ...repositoryRoutes,
  ...workflowRoutes,
].sort((a, b) => b.operation.split('/').length - a.operation.split('/').length)
