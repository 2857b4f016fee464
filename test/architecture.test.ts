import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** All that each package may import; Node's own modules and itself are free. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  domain: ['zod', 'yaml'],
  stats: ['simple-statistics'],
  data: ['domain', 'zod'],
  learn: ['domain', 'stats', 'onnx-buf', '@bufbuild/protobuf'],
  scoring: ['domain', 'stats'],
  drift: ['domain', 'stats'],
  registry: ['domain'],
  tracking: ['domain', 'zod', 'picomatch'],
  workspace: ['domain', 'tinyglobby'],
  report: ['domain', 'markdown-table'],
  action: ['domain'],
  github: [
    'domain',
    'action',
    '@actions/artifact',
    '@actions/attest',
    '@actions/cache',
    '@actions/core',
    '@actions/github',
    '@octokit/*',
  ],
  engines: ['domain', 'action', '@duckdb/node-api', '@duckdb/node-bindings', 'onnxruntime-node'],
  serving: ['domain', 'scoring', 'zod'],
  oci: ['domain'],
  cli: ['domain', 'action'],
}

/** Where everything meets: these import every package, and read the environment. */
const compositionRoots = [
  'actions/main.ts',
  'packages/cli/src/main.ts',
  'packages/cli/src/commands.ts',
  'packages/cli/src/import-host.ts',
  'packages/cli/src/laptop-ports.ts',
  'packages/cli/src/serve-host.ts',
  'packages/serving/src/main.ts',
]

interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

function sourcesBelow(folder: string): Source[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(node_modules|lib|dist)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8')
      const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
      const found = code.matchAll(
        /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'|\n?import\s+'([^']+)'/g,
      )
      return { path, text, imports: [...found].map((match) => (match[1] ?? match[2] ?? match[3])!) }
    })
}

const packaged = sourcesBelow('packages')
const sources = [...packaged, ...sourcesBelow('actions'), ...sourcesBelow('scripts')]
const tests = sourcesBelow('test')
const generated = ({ text }: Source) => /generated/i.test(text.slice(0, text.indexOf('\n')))
const packageOf = (path: string) => path.split('/')[1]!
const moduleOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

function mayImport(name: string, specifier: string): boolean {
  const module = moduleOf(specifier).replace(/^@mlwright\//, '')
  const list = allowed[name] ?? []
  return (
    module === name ||
    list.some((entry) => entry === module || (entry.endsWith('/*') && module.startsWith(entry.slice(0, -1))))
  )
}

const pathsOf = (found: readonly Source[]) => found.map(({ path }) => path)

describe('the table of packages in ARCHITECTURE', () => {
  it('has a row for every package', () => {
    expect(Object.keys(allowed).sort()).toEqual(readdirSync(join(root, 'packages')).sort())
  })

  it('names everything that a package imports', () => {
    const strays = packaged
      .filter(({ path }) => !compositionRoots.includes(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
          .filter((specifier) => !mayImport(packageOf(path), specifier))
          .map((specifier) => `${path} imports ${specifier}`),
      )
    expect(strays).toEqual([])
  })

  it('keeps relative imports inside their package', () => {
    const strays = packaged.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => packageOf(join(dirname(path), specifier).replaceAll('\\', '/')) !== packageOf(path))
        .map((specifier) => `${path} imports ${specifier}`),
    )
    expect(strays).toEqual([])
  })
})

describe('what only one place may touch', () => {
  const outside = (place: RegExp, found: RegExp) =>
    pathsOf(sources.filter(({ path, imports }) => !place.test(path) && imports.some((name) => found.test(name))))

  it('is the toolkit and octokit in github alone', () => {
    expect(outside(/^packages\/github\//, /^@(actions|octokit)\//)).toEqual([])
  })

  it('is native modules in engines alone', () => {
    expect(outside(/^packages\/engines\//, /^(@duckdb\/|onnxruntime-)/)).toEqual([])
  })

  it('is the environment in composition roots and scripts', () => {
    const found = sources.filter(({ text }) => /\bprocess\.env\b/.test(text))
    expect(pathsOf(found).filter((path) => !compositionRoots.includes(path) && !path.startsWith('scripts/'))).toEqual(
      [],
    )
  })

  it('is the console in cli, serving and scripts', () => {
    const found = sources.filter(({ text }) => /\bconsole\.\w+\(/.test(text))
    expect(pathsOf(found).filter((path) => !/^(packages\/(cli|serving)|scripts)\//.test(path))).toEqual([])
  })
})

describe('sources', () => {
  it('have no import cycle', () => {
    const edges = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter((name) => name.startsWith('.')).map((name) => join(dirname(path), name).replaceAll('\\', '/')),
      ]),
    )
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      else if (!done.has(path)) for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
      done.add(path)
    }
    for (const path of edges.keys()) visit(path, [])
    expect(cycles).toEqual([])
  })

  it('have at most 250 lines, unless they are generated', () => {
    const long = sources.filter((source) => source.text.split('\n').length > 251 && !generated(source))
    expect(pathsOf(long)).toEqual([])
  })

  it('are never called utils', () => {
    expect(pathsOf(sources).filter((path) => /(^|\/)(utils?|helpers?|misc)\.ts$/.test(path))).toEqual([])
  })

  it('are tested without module mocks', () => {
    const mocking = new RegExp(`\\bvi\\.${'mock'}\\(`)
    expect(pathsOf(tests.filter(({ text }) => mocking.test(text)))).toEqual([])
  })
})

describe('packages', () => {
  const manifests = readdirSync(join(root, 'packages')).map((name) => ({
    name,
    manifest: JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')),
  }))

  it('share one version, also where they depend on each other', () => {
    const own = manifests.map(({ manifest }) => manifest.version)
    const used = manifests.flatMap(({ manifest }) =>
      Object.entries(manifest.dependencies ?? {}).flatMap(([name, version]) =>
        name.startsWith('@mlwright/') ? [version] : [],
      ),
    )
    expect(new Set([...own, ...used]).size).toBe(1)
  })

  it('pin the versions of what they depend on', () => {
    const loose = manifests.flatMap(({ name, manifest }) =>
      Object.entries(manifest.dependencies ?? {}).flatMap(([dependency, version]) =>
        /^\d/.test(String(version)) ? [] : [`${name}: ${dependency} ${version}`],
      ),
    )
    expect(loose).toEqual([])
  })
})
