import { githubPorts } from '@mlwright/github'
import { expect, test } from 'vitest'
import { startGitHub } from '../github-double/src/index.ts'
import { temporaryFolder } from './fixture.ts'

// Signing itself needs Sigstore's servers and GitHub's identity provider, which no double can stand in for.
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
