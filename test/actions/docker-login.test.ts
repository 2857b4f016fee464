import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { withLogin } from '../../actions/package/docker-login.ts'

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-home-'))
  vi.stubEnv('HOME', folder)
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  })
  return folder
}
const alice = { user: 'alice', password: 'secret' }

describe("Docker's login", () => {
  test("stands beside the user's configuration, and goes with its folder", async () => {
    const own = join(home(), '.docker')
    mkdirSync(join(own, 'buildx/instances'), { recursive: true })
    writeFileSync(join(own, 'config.json'), '{"auths":{"quay.io":{"auth":"eDp5"}},"credsStore":"desktop"}')
    const folder = await withLogin('ghcr.io', alice, async ([, folder = '']) => {
      expect(JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))).toMatchObject({
        auths: { 'quay.io': { auth: 'eDp5' }, 'ghcr.io': { auth: 'YWxpY2U6c2VjcmV0' } },
        credsStore: 'desktop',
        credHelpers: { 'ghcr.io': '' },
      })
      expect(existsSync(join(folder, 'buildx/instances'))).toBe(true)
      return folder
    })
    expect([existsSync(folder), existsSync(join(own, 'buildx/instances'))]).toEqual([false, true])
  })

  test('lets buildx make its folders where the user has none yet', async () => {
    home()
    await withLogin('ghcr.io', alice, async ([, folder = '']) => {
      mkdirSync(join(folder, 'buildx/instances'), { recursive: true })
    })
  })

  test('says where a damaged configuration is', async () => {
    const own = join(home(), '.docker')
    mkdirSync(own)
    writeFileSync(join(own, 'config.json'), '{')
    await expect(withLogin('ghcr.io', alice, async () => {})).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${join(own, 'config.json')} is not JSON; log Docker in again or remove the file.`,
    })
  })
})
