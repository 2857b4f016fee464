import type { Finding, Tag } from '@mlwright/domain'
import { foldEvents } from '../fold-events.ts'
import { registryEvents } from '../registry-events.ts'
import type { StagesFile } from '../stages-file.ts'
import { type ReadRelease, releaseFindings } from './release-findings.ts'
import { stagesFindings } from './stages-findings.ts'
import { tagFindings } from './tag-findings.ts'

/**
 * Everything in the registry that contradicts itself, each in one sentence with the fix. Releases and the files
 * `models/<model>/stages.yml` (by model) are judged where they are given.
 */
export function diagnose(
  tags: readonly Tag[],
  releases: readonly ReadRelease[] | null = null,
  stagesFiles: ReadonlyMap<string, StagesFile> = new Map(),
): Finding[] {
  const models = foldEvents(registryEvents(tags))
  return [
    ...tagFindings(tags),
    ...(releases ? releaseFindings(tags, models, releases) : []),
    ...[...stagesFiles].flatMap(([model, file]) => stagesFindings(model, file, models.get(model))),
  ]
}
