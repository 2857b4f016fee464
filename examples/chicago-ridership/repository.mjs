import { execFileSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const alice = {
  GIT_AUTHOR_NAME: 'Alice',
  GIT_AUTHOR_EMAIL: 'alice@example.com',
  GIT_COMMITTER_NAME: 'Alice',
  GIT_COMMITTER_EMAIL: 'alice@example.com',
}

/**
 * A repository in a new folder, made of the example's files, that lives in the past: `mlwright` runs a command in a
 * folder under an environment, and returns what it printed as JSON.
 */
export function startRepository(example, folder, mlwright) {
  for (const path of ['mlwright.yml', 'contracts', 'data'])
    cpSync(join(example, path), join(folder, path), { recursive: true })
  writeFileSync(join(folder, '.gitignore'), '.mlwright/\n')
  let seconds = 0
  const environment = () => {
    const date = `@${seconds} +0000`
    return { ...alice, SOURCE_DATE_EPOCH: String(seconds), GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  }
  const git = (...args) =>
    execFileSync('git', ['-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      env: { ...process.env, ...environment() },
    })
  git('init', '--quiet', '--initial-branch=main')
  return {
    folder,
    goTo(date) {
      seconds = Date.parse(`${date}T06:00:00Z`) / 1000
    },
    write: (path, text) => writeFileSync(join(folder, path), text),
    commit(message) {
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', `--message=${message}`)
    },
    /** A minute after the command before it. */
    async run(...args) {
      seconds += 60
      return mlwright([...args, '--fail-on', 'never', '--json'], folder, environment())
    },
  }
}
