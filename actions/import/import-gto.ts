import { type Finding, type Ports, type Verdict, worst } from '@mlwright/domain'
import { diagnose, type RegistryState, registryEvents, registryState } from '@mlwright/registry'

export interface GtoRegistry {
  readonly source: 'gto'
  readonly verdict: Verdict
  readonly state: RegistryState
  /** Events that the tags record. */
  readonly events: number
  readonly findings: readonly Finding[]
}

/** A repository of gto is one of mlwright's: there is nothing to bring over, only to look at. */
export async function importGto({ tags }: Pick<Ports, 'tags'>): Promise<GtoRegistry> {
  const all = await tags.list()
  const events = registryEvents(all)
  const findings = diagnose(all)
  const verdict = worst(findings.map(() => 'warn'))
  return { source: 'gto', verdict, state: registryState(events), events: events.length, findings }
}
