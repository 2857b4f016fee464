// State and history of a registry of 1,500 and of 10,000 tags: `mlwright show` and `mlwright history` beside gto's.
//   npm run build
//   python3 -m venv /tmp/gto && /tmp/gto/bin/pip install gto==1.10.1
//   node bench/registry.mjs /tmp/gto/bin/python
// Prints medians of CPU seconds (user and system of the process tree, start-up included) and their ratios. Runs of ours
// and of gto's take turns, because what else a machine does lengthens both. Nobody reads NODE_EXTRA_CA_CERTS: certificates
// that a machine adds cost every start of Node as much as Node itself. The bound is what no JavaScript can save: Node's
// start, and git's reading of the tags.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const python = process.argv[2]
const mlwright = [process.execPath, fileURLToPath(new URL('../packages/cli/bin/mlwright.js', import.meta.url))]
const gto = python ? [python, '-m', 'gto.cli'] : null

/** A repository of 20 models: a quarter of the tags register versions, the rest moves them through three stages. */
function repository(tags) {
  const folder = mkdtempSync(join(tmpdir(), 'mlwright-bench-'))
  const git = (args, input = '') => execFileSync('git', args, { cwd: folder, input, maxBuffer: 1e9 })
  git(['init', '--quiet', '--initial-branch=main'])
  const lines = []
  const event = (name, version, at) =>
    lines.push(
      `tag ${name}`,
      `from :${version + 1}`,
      `tagger Alice <alice@example.com> ${at} +0000`,
      `data ${name.length}`,
      name,
    )
  const versions = Math.ceil(tags / 20 / 4)
  for (let version = 0; version < versions; version++)
    lines.push(
      'commit refs/heads/main',
      `mark :${version + 1}`,
      `committer Alice <a@b.c> ${1_600_000_000 + version} +0000`,
      'data 2',
      'Go',
      '',
    )
  let written = 0
  for (let version = 0; written < tags; version++)
    for (let model = 0; model < 20; model++)
      for (const [at, words] of [`@v1.${version}.0`, '#dev', '#staging', '#prod'].entries()) {
        if (written === tags) break
        const counter = at === 0 ? '' : `#${version * 3 + at}`
        event(`model-${model}${words}${counter}`, version, 1_700_000_000 + written++)
      }
  git(['fast-import', '--quiet'], `${lines.join('\n')}\n`)
  git(['pack-refs', '--all'])
  return folder
}

/** Seconds of CPU of a command and everything that it starts, and what it printed. */
function cpu(command, cwd) {
  const script = 'TIMEFORMAT="%3U %3S"; time "$@" 2>/dev/null'
  const text = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bench', ...command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, NODE_EXTRA_CA_CERTS: '' },
  })
  const lines = text.trimEnd().split('\n')
  const [user, system] = lines.pop().split(' ').map(Number)
  return { seconds: user + system, output: lines.join('\n') }
}

const median = (seconds) => seconds.sort((a, b) => a - b)[Math.floor(seconds.length / 2)]
const rounds = 3
const runs = 5
const start = [process.execPath, '-e', '0']
const read = ['git', 'for-each-ref', '--format=%(type) %(object) %(taggerdate:unix) %(refname)', 'refs/tags']

for (const tags of [1500, 10_000]) {
  const folder = repository(tags)
  console.log(`${tags.toLocaleString('en')} tags`)
  for (const command of ['show', 'history']) {
    const found = { bound: [], ours: [], gto: [] }
    for (let round = 0; round < rounds; round++) {
      for (let run = 0; run < runs; run++) {
        found.bound.push(cpu(start, folder).seconds + cpu(read, folder).seconds)
        const { seconds, output } = cpu([...mlwright, command, '--json'], folder)
        if (!output.startsWith(command === 'show' ? '{' : '[')) throw new Error(`mlwright ${command} failed: ${output}`)
        found.ours.push(seconds)
      }
      if (gto) found.gto.push(cpu([...gto, command, '--json'], folder).seconds)
    }
    const [bound, ours] = [median(found.bound), median(found.ours)]
    const theirs = gto && median(found.gto)
    const beside = theirs ? `, gto ${theirs.toFixed(1)} s: ${(theirs / ours).toFixed(0)} times ours` : ''
    const most = theirs ? ` (at the bound ${(theirs / bound).toFixed(0)})` : ''
    console.log(`  ${command.padEnd(8)} ${ours.toFixed(3)} s, bound ${bound.toFixed(3)} s${beside}${most}`)
  }
  rmSync(folder, { recursive: true, force: true })
}
