import type { Attestations, Statement } from '@mlwright/domain'

/** Collects what would have been signed. */
export class MemoryAttestations implements Attestations {
  readonly statements: Statement[] = []

  async attest(statement: Statement): Promise<string> {
    this.statements.push(statement)
    return String(this.statements.length)
  }
}
