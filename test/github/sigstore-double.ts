import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import { join } from 'node:path'

const hosts = ['fulcio.githubapp.com', 'timestamp.githubapp.com', 'fulcio.sigstore.dev', 'rekor.sigstore.dev']
const subject = 'repo:acme/churn:ref:refs/heads/main'

/** A folder's authority, key and certificates: of the hosts, and of who stamps times. */
function authority(folder: string) {
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=double', '-days', '2')
  const issue = (name: string, publicKey: string[], extensions: string) => {
    writeFileSync(join(folder, `${name}.ext`), extensions)
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', `${name}.ext`]
    openssl('x509', '-req', '-in', `${name}.csr`, ...publicKey, ...signed, '-out', `${name}.pem`)
    return readFileSync(join(folder, `${name}.pem`), 'utf8')
  }
  const request = (name: string) =>
    openssl('req', '-new', ...key, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`)
  request('hosts')
  issue('hosts', [], `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`)
  request('time')
  issue('time', [], 'extendedKeyUsage=critical,timeStamping')
  request('leaf')
  writeFileSync(join(folder, 'serial'), '01')
  writeFileSync(
    join(folder, 'tsa.cnf'),
    [
      '[tsa]',
      'serial=serial',
      'signer_cert=time.pem',
      'signer_key=time.key',
      'certs=ca.pem',
      'signer_digest=sha256',
      'default_policy=1.2.3',
      'digests=sha256',
      'ess_cert_id_alg=sha256',
      '',
    ].join('\n'),
  )
  return { folder, openssl, issue, file: (name: string) => readFileSync(join(folder, name)) }
}

/** What the requests that the double answers carry, each some of it. */
interface Asked {
  readonly credentials: { readonly oidcIdentityToken: string }
  readonly publicKeyRequest: { readonly publicKey: { readonly content: string }; readonly proofOfPossession: string }
  readonly artifactHash: string
  readonly hashAlgorithm: string
  readonly kind: string
  readonly apiVersion: string
  readonly bundle: Bundle
}

/** A bundle of Sigstore, version 0.3. */
export interface Bundle {
  readonly mediaType: string
  readonly dsseEnvelope: {
    readonly payload: string
    readonly payloadType: string
    readonly signatures: readonly [{ readonly sig: string }]
  }
  readonly verificationMaterial: {
    readonly certificate: { readonly rawBytes: string }
    readonly tlogEntries: readonly { readonly logIndex: string }[]
    readonly timestampVerificationData: { readonly rfc3161Timestamps: readonly { readonly signedTimestamp: string }[] }
  }
}

async function json(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return JSON.parse(Buffer.concat(chunks).toString() || 'null')
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))

/**
 * Sigstore and GitHub's identities on loopback, under their own names through a proxy: tokens, certificates after proof
 * of the key, signed times (RFC 3161), a log, and the repository's attestations. `environment` is what a job sees.
 */
export async function startSigstore(folder: string) {
  const ca = authority(folder)
  const asked: string[] = []
  const stored: Bundle[] = []
  const requestToken = randomBytes(8).toString('hex')
  const secret = randomBytes(8).toString('hex')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const identity = (audience: string) =>
    `${part({ alg: 'none' })}.${part({ iss: 'https://token.actions.githubusercontent.com', sub: subject, aud: audience, secret })}.x`

  const answers: Record<string, (body: Asked) => object | Buffer> = {
    'POST /api/v2/signingCert'({ credentials, publicKeyRequest }) {
      const claims = JSON.parse(Buffer.from(credentials.oidcIdentityToken.split('.')[1]!, 'base64url').toString())
      if (claims.aud !== 'sigstore' || claims.secret !== secret) throw new Error('unknown identity')
      const { publicKey, proofOfPossession } = publicKeyRequest
      const proof = Buffer.from(proofOfPossession, 'base64')
      if (!verify('sha256', Buffer.from(claims.sub), createPublicKey(publicKey.content), proof))
        throw new Error("the key is not the asker's")
      writeFileSync(join(folder, 'leaf.pub'), publicKey.content)
      const extensions = `subjectAltName=critical,URI:https://github.com/acme/churn\nextendedKeyUsage=codeSigning`
      const leaf = ca.issue('leaf', ['-force_pubkey', 'leaf.pub'], extensions)
      return { signedCertificateEmbeddedSct: { chain: { certificates: [leaf, ca.file('ca.pem').toString()] } } }
    },
    'POST /api/v1/timestamp'({ artifactHash, hashAlgorithm }) {
      const digest = Buffer.from(artifactHash, 'base64').toString('hex')
      ca.openssl('ts', '-query', '-digest', digest, `-${hashAlgorithm}`, '-cert', '-out', 'time.tsq')
      ca.openssl('ts', '-reply', '-queryfile', 'time.tsq', '-config', 'tsa.cnf', '-section', 'tsa', '-out', 'time.tsr')
      return ca.file('time.tsr')
    },
    'POST /api/v1/log/entries'(entry) {
      const body = Buffer.from(JSON.stringify({ kind: entry.kind, apiVersion: entry.apiVersion, spec: {} }))
      const hash = createHash('sha256').update(body).digest('hex')
      const inclusionProof = { logIndex: 7, treeSize: 8, rootHash: hash, hashes: [], checkpoint: 'double\n8\n' }
      return {
        [hash]: {
          body: body.toString('base64'),
          integratedTime: 1_700_000_000,
          logID: hash,
          logIndex: 7,
          verification: { signedEntryTimestamp: body.toString('base64'), inclusionProof },
        },
      }
    },
    'POST /repos/acme/churn/attestations'({ bundle }) {
      stored.push(bundle)
      return { id: 4711 }
    },
  }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, `http://${request.headers.host}`)
    const { authorization } = request.headers
    const body = await json(request)
    const what = `${request.method} ${url.pathname}`
    asked.push(`${url.hostname} ${what}`)
    const say = (status: number, content: object | Buffer) => {
      const bytes = Buffer.isBuffer(content)
      response.writeHead(status, { 'content-type': bytes ? 'application/timestamp-reply' : 'application/json' })
      response.end(bytes ? content : JSON.stringify(content))
    }
    try {
      if (what === 'GET /identity')
        say(
          ...(authorization === `Bearer ${requestToken}`
            ? ([200, { value: identity(url.searchParams.get('audience') ?? '') }] as const)
            : ([401, { message: 'no' }] as const)),
        )
      else if (answers[what]) say(201, answers[what](body))
      else say(404, { message: 'Not Found' })
    } catch (error) {
      say(400, { message: (error as Error).message })
    }
  }
  const secure = createSecureServer({ key: ca.file('hosts.key'), cert: ca.file('hosts.pem') }, answer)
  const plain = createServer(answer)
  const securePort = await listen(secure)
  plain.on('connect', (request, socket, head) => {
    if (!hosts.some((host) => request.url === `${host}:443`)) return socket.end('HTTP/1.1 502 Unknown\r\n\r\n')
    const tunnel = connect(securePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      tunnel.write(head)
      tunnel.pipe(socket).pipe(tunnel)
    })
    for (const end of [tunnel, socket]) end.on('error', () => {})
  })
  const url = `http://127.0.0.1:${await listen(plain)}`
  return {
    asked,
    stored,
    environment: {
      HTTPS_PROXY: url,
      NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
      ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/identity?v=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
      GITHUB_API_URL: url,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/churn',
    },
    /** Whether a time of the stamper is of these bytes. */
    stamps(reply: Buffer, bytes: Buffer) {
      writeFileSync(join(folder, 'said.tsr'), reply)
      writeFileSync(join(folder, 'said.bin'), bytes)
      return ca.openssl('ts', '-verify', '-in', 'said.tsr', '-data', 'said.bin', '-CAfile', 'ca.pem').toString()
    },
    authority: ca.file('ca.pem'),
    close() {
      for (const server of [secure, plain]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}
