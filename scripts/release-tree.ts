import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Everything that a tag holds, and nothing else: every job of every user downloads it. */
export async function releaseTree(root: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  const reusable = await readdir(join(root, 'reusable'))
  const actions = await readdir(join(root, 'actions'), { withFileTypes: true })
  const paths = [
    'action.yml',
    'dist',
    'README.md',
    'LICENSE',
    ...reusable.map((name) => `.github/workflows/${name}`),
    ...actions
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => [`actions/${name}/action.yml`, `actions/${name}/README.md`]),
  ]
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await cp(join(root, path), join(folder, path), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || !path.startsWith('actions/')) throw error
    })
  }
}
