import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Copies what a release tag holds, spelled as act 0.2.89 understands it: no `$/` and no `queue`. */
export function stageRelease(folder: string): void {
  for (const path of ['action.yml', 'dist'])
    if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true })
  const definitions = readdirSync(join(root, 'actions')).map((name) => `actions/${name}/action.yml`)
  for (const path of definitions.filter((path) => existsSync(join(root, path))))
    cpSync(join(root, path), join(folder, path))
  for (const name of readdirSync(join(root, 'reusable'))) {
    const text = readFileSync(join(root, 'reusable', name), 'utf8')
    const path = join(folder, '.github/workflows', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(
      path,
      text.replaceAll(/\$\/(actions\/\w+)/g, 'mlwright/mlwright/$1@v1').replaceAll(', queue: max', ''),
    )
  }
}

/** Makes a stand-in for each action of others that a workflow names; act replaces the checkout itself. */
export function stageForeign(folder: string): string[] {
  const texts = readdirSync(join(root, 'reusable')).map((name) => readFileSync(join(root, 'reusable', name), 'utf8'))
  const names = new Set(texts.flatMap((text) => text.match(/actions\/(?!checkout)[\w-]+@[0-9a-f]{40}/g) ?? []))
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'action.yml'),
    "name: stand-in\nruns: { using: composite, steps: [{ run: 'true', shell: bash }] }\n",
  )
  return [...names].map((name) => `${name}=${folder}`)
}

/** A user's repository, made from an example and the starter workflow. */
export class UserRepository {
  readonly folder: string

  constructor(folder: string, example: string, slug: string) {
    this.folder = folder
    cpSync(join(root, 'examples', example), folder, { recursive: true })
    for (const name of ['experiment.yml', 'release.yml', 'promote.yml', 'monitor.yml', 'dashboard.yml'])
      cpSync(join(root, 'workflows', name), join(folder, '.github/workflows', name))
    writeFileSync(join(folder, '.gitignore'), '.mlwright/\n')
    this.git('init', '--quiet', '--initial-branch=main')
    this.git('remote', 'add', 'origin', `https://github.com/${slug}`)
    this.commit('Start')
  }

  git(...args: string[]): string {
    const identity = ['-c', 'user.name=Alice', '-c', 'user.email=alice@example.com', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...identity, ...args], { cwd: this.folder, encoding: 'utf8' }).trim()
  }

  commit(message: string): void {
    this.git('add', '--all')
    this.git('commit', '--quiet', '--message', message)
  }

  replace(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.folder, path), 'utf8')
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`)
    writeFileSync(join(this.folder, path), text.replace(from, to))
  }
}
