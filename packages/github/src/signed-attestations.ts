import { type Attestations, type Statement, UserError } from '@mlwright/domain'

type Environment = Readonly<Record<string, string | undefined>>

const advice =
  'give the job `permissions: { id-token: write, attestations: write }`; private repositories also need GitHub Enterprise Cloud. Or set `registry.attest: false`'

/** Attestations by Sigstore with the identity of the job, stored with the repository. */
export class SignedAttestations implements Attestations {
  readonly #environment: Environment
  readonly #token: string
  readonly #public: boolean

  constructor(environment: Environment, token: string, isPublic: boolean) {
    this.#environment = environment
    this.#token = token
    this.#public = isPublic
  }

  async attest({ subjects, predicateType, predicate }: Statement): Promise<string> {
    if (!this.#environment.ACTIONS_ID_TOKEN_REQUEST_URL)
      throw new UserError('PERMISSION_MISSING', `This job has no identity to sign with: ${advice}.`)
    const { attest } = await import('@actions/attest')
    try {
      const { attestationID } = await attest({
        subjects: subjects.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
        predicateType,
        predicate,
        token: this.#token,
        sigstore: this.#public ? 'public-good' : 'github',
      })
      return attestationID ?? ''
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      throw new UserError('API_FAILED', `The attestation was refused (${why}): ${advice}.`, { cause })
    }
  }
}
