// Installs what package-lock.json names, when that has not been done yet. Plain JavaScript: nothing is installed when it runs.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const read = (path) => {
  try {
    return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).packages
  } catch {
    return {}
  }
}

const wanted = read('package-lock.json')
const installed = read('node_modules/.package-lock.json')
const missing = Object.entries(wanted).some(
  ([path, entry]) =>
    path.includes('node_modules/') && !entry.optional && !entry.link && installed[path]?.version !== entry.version,
)
if (missing) {
  const { status } = spawnSync('npm', ['ci'], {
    cwd: new URL('..', import.meta.url),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
}
