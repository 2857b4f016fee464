import { spawn } from 'node:child_process'

export interface GitTreeEntry {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size?: number
}

export interface NewTreeEntry {
  readonly path: string
  readonly mode: string
  readonly type: string
  readonly sha?: string | null
  readonly content?: string
}

const identity = {
  GIT_AUTHOR_NAME: 'github-actions[bot]',
  GIT_AUTHOR_EMAIL: '41898282+github-actions[bot]@users.noreply.github.com',
  GIT_COMMITTER_NAME: 'GitHub',
  GIT_COMMITTER_EMAIL: 'noreply@github.com',
}

/** A real bare repository, asked through git's plumbing. */
export class GitRepository {
  readonly folder: string
  #indexes = 0

  constructor(folder: string) {
    this.folder = folder
  }

  async run(
    args: readonly string[],
    input: string | Uint8Array = '',
    environment: Record<string, string> = {},
  ): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, input, environment)
    if (code !== 0) throw new Error(`git ${args[0]}: ${stderr}`)
    return stdout.toString().trimEnd()
  }

  attempt(args: readonly string[], input: string | Uint8Array = '', environment: Record<string, string> = {}) {
    return new Promise<{ code: number | null; stdout: Buffer; stderr: string }>((resolve, reject) => {
      const child = spawn('git', ['--git-dir', this.folder, ...args], {
        env: { ...process.env, ...identity, ...environment, GIT_DIR: undefined, GIT_WORK_TREE: undefined },
      })
      const stdout: Buffer[] = []
      let stderr = ''
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk
      })
      child.stdin.on('error', () => {})
      child.stdin.end(input)
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, stdout: Buffer.concat(stdout), stderr }))
    })
  }

  /** The object of a kind that a name stands for, or null. */
  async find(name: string, kind: 'commit' | 'tree' | 'blob'): Promise<string | null> {
    const found = await this.attempt(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{${kind}}`])
    return found.code === 0 ? found.stdout.toString().trim() : null
  }

  async readRef(ref: string): Promise<string | null> {
    const found = await this.attempt(['show-ref', '--verify', '--hash', ref])
    return found.code === 0 ? found.stdout.toString().trim() : null
  }

  async has(object: string): Promise<boolean> {
    return (await this.attempt(['cat-file', '-e', object])).code === 0
  }

  async kindOf(sha: string): Promise<string> {
    return this.run(['cat-file', '-t', sha])
  }

  /** False where the reference does not stand at `old` (null: does not exist) any more. */
  async setRef(ref: string, sha: string, old: string | null): Promise<boolean> {
    return (await this.attempt(['update-ref', ref, sha, old ?? '0'.repeat(40)])).code === 0
  }

  async isAncestor(ancestor: string, commit: string): Promise<boolean> {
    return (await this.attempt(['merge-base', '--is-ancestor', ancestor, commit])).code === 0
  }

  async tree(sha: string, recursive: boolean): Promise<GitTreeEntry[]> {
    const output = await this.run(['ls-tree', '-l', '-z', '--full-tree', ...(recursive ? ['-r', '-t'] : []), sha])
    return output.split('\0').flatMap((line) => {
      const match = /^(\d+) (\w+) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line)
      if (!match) return []
      const [, mode = '', type = '', sha = '', size = '', path = ''] = match
      return [{ path, mode, type, sha, ...(type === 'blob' && { size: Number(size) }) }]
    })
  }

  async blob(sha: string): Promise<Buffer> {
    return (await this.attempt(['cat-file', 'blob', sha])).stdout
  }

  async writeBlob(content: string | Uint8Array): Promise<string> {
    return this.run(['hash-object', '-w', '--stdin'], content)
  }

  async writeTree(base: string | null, entries: readonly NewTreeEntry[]): Promise<string> {
    const index = { GIT_INDEX_FILE: `${this.folder}/double-${process.pid}-${this.#indexes++}.index` }
    await this.run(['read-tree', base ?? '--empty'], '', index)
    const lines: string[] = []
    for (const { path, mode, sha, content } of entries) {
      const object = sha === undefined ? await this.writeBlob(content ?? '') : sha
      lines.push(object === null ? `0 ${'0'.repeat(40)}\t${path}\0` : `${mode} ${object}\t${path}\0`)
    }
    await this.run(['update-index', '-z', '--index-info'], lines.join(''), index)
    return this.run(['write-tree'], '', index)
  }

  async writeCommit(tree: string, message: string, parents: readonly string[]): Promise<string> {
    return this.run(['commit-tree', tree, '-F', '-', ...parents.flatMap((parent) => ['-p', parent])], message)
  }

  /** The commit that merging two would give; needs git 2.38 where the head does not follow the base. */
  async mergeCommit(base: string, head: string, message: string): Promise<string> {
    const forward = (await this.isAncestor(base, head)) && (await this.find(head, 'tree'))
    if (forward) return this.writeCommit(forward, message, [base, head])
    const merged = await this.attempt(['merge-tree', '--write-tree', base, head])
    const tree = merged.stdout.toString().split('\n')[0]
    if (merged.code !== 0 || !tree) throw new Error(`The branches conflict: ${merged.stdout}`)
    return this.writeCommit(tree, message, [base, head])
  }
}
