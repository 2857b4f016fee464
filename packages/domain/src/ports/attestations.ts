/** A statement to sign: our predicate about some files. */
export interface Statement {
  readonly subjects: readonly { readonly name: string; readonly sha256: string }[]
  readonly predicateType: string
  readonly predicate: object
}

/** Signed statements about files, made by the identity of the running job. */
export interface Attestations {
  /** Signs and stores a statement; returns its id. Public repositories sign into a public log. */
  attest(statement: Statement): Promise<string>
}
