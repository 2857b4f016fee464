import { execFile, spawnSync } from 'node:child_process'
import { verify, X509Certificate } from 'node:crypto'
import { promisify } from 'node:util'
import { githubPorts } from '@mlwright/github'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startGitHub } from '../github-double/src/index.ts'
import { temporaryFolder } from './fixture.ts'
import { startSigstore } from './sigstore-double.ts'

test('names the permissions where the job has no identity to sign with', async () => {
  const double = await startGitHub()
  const environment = await double.environment({ event: 'push', folder: temporaryFolder() })
  const { attestations } = githubPorts({ environment, token: double.token({ permissions: {} }) })
  const statement = {
    subjects: [{ name: 'model.onnx', sha256: 'a'.repeat(64) }],
    predicateType: 'urn:x',
    predicate: {},
  }
  await expect(attestations.attest(statement)).rejects.toThrow(
    '`permissions: { id-token: write, attestations: write }`',
  )
  expect(double.state.requests).toEqual([])
  await double.close()
})

// `openssl x509 -force_pubkey` and `openssl ts` are what the doubles issue certificates and times with.
const openssl = /^OpenSSL [3-9]/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '')
const module = new URL('../../packages/github/lib/signed-attestations.js', import.meta.url)
const statement = {
  subjects: [{ name: 'model.onnx', sha256: 'a'.repeat(64) }],
  predicateType: 'https://mlwright.dev/registration/v1',
  predicate: { tag: 'churn@v1.4.0' },
}

/** Signs in a process of its own, because Node reads whom it trusts when it starts. */
async function attest(environment: Readonly<Record<string, string>>, isPublic: boolean) {
  const script = `
    import { SignedAttestations } from ${JSON.stringify(module)}
    const attestations = new SignedAttestations(process.env, 'token', ${isPublic})
    console.log(await attestations.attest(${JSON.stringify(statement)}))`
  const options = { env: { PATH: process.env.PATH, ...environment } }
  return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], options)
}

async function sigstore() {
  const double = await startSigstore(temporaryFolder())
  onTestFinished(() => double.close())
  return double
}

describe.skipIf(!openssl)('with the real library, under the real names, and OpenSSL 3 as the authority', () => {
  test.each([
    [false, ['fulcio.githubapp.com POST /api/v2/signingCert', 'timestamp.githubapp.com POST /api/v1/timestamp']],
    [true, ['fulcio.sigstore.dev POST /api/v2/signingCert', 'rekor.sigstore.dev POST /api/v1/log/entries']],
  ] as const)('signs the statement with the identity of the job, and stores it (public: %s)', async (isPublic, hosts) => {
    const double = await sigstore()
    expect((await attest(double.environment, isPublic)).stdout).toBe('4711\n')
    const api = '127.0.0.1 POST /repos/acme/churn/attestations'
    expect(double.asked).toEqual(['127.0.0.1 GET /identity', ...hosts, api])

    const [bundle] = double.stored
    const { dsseEnvelope, mediaType, verificationMaterial } = bundle!
    expect(mediaType).toBe('application/vnd.dev.sigstore.bundle.v0.3+json')
    const payload = Buffer.from(dsseEnvelope.payload, 'base64')
    expect(JSON.parse(payload.toString())).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'model.onnx', digest: { sha256: 'a'.repeat(64) } }],
      predicateType: statement.predicateType,
      predicate: statement.predicate,
    })
    const signature = Buffer.from(dsseEnvelope.signatures[0].sig, 'base64')
    const certificate = new X509Certificate(Buffer.from(verificationMaterial.certificate.rawBytes, 'base64'))
    expect(certificate.verify(new X509Certificate(double.authority).publicKey)).toBe(true)
    // DSSE v1: what is signed is the type and the payload, each with its length in bytes before it.
    const { payloadType } = dsseEnvelope
    const head = Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `)
    expect(verify('sha256', Buffer.concat([head, payload]), certificate.publicKey, signature)).toBe(true)
    if (isPublic) expect(verificationMaterial.tlogEntries).toMatchObject([{ logIndex: '7' }])
    else {
      const [time] = verificationMaterial.timestampVerificationData.rfc3161Timestamps
      expect(() => double.stamps(Buffer.from(time!.signedTimestamp, 'base64'), signature)).not.toThrow()
      expect(() => double.stamps(Buffer.from(time!.signedTimestamp, 'base64'), payload)).toThrow()
    }
  })

  test('says in one sentence what to grant where the identity is refused', async () => {
    const double = await sigstore()
    const environment = { ...double.environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of another job' }
    await expect(attest(environment, false)).rejects.toThrow(
      /UserError: The attestation was refused \(.*\): give the job `permissions: \{ id-token: write, attestations: write \}`/,
    )
    expect(double.stored).toEqual([])
  })
})
