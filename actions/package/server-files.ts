import { realpathSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '@mlwright/domain'
import type { LayerFile } from '@mlwright/oci'
import { folderFiles } from './folder-files.ts'

const text = (path: string, content: string): LayerFile => ({ path, content: Buffer.from(content) })

/** What somebody else wrote of the server. */
export interface Component {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** The bundle of the server, which the build leaves beside the program that runs. Throws `UserError` FILE_MISSING. */
export async function serverFiles(
  script: string,
): Promise<{ readonly files: LayerFile[]; readonly components: readonly Component[] }> {
  const own = dirname(realpathSync(script))
  const places = [join(own, 'serving'), join(own, '../dist/serving')]
  for (const place of places) {
    if (!(await stat(join(place, 'index.js')).catch(() => null))) continue
    const files = [
      ...(await folderFiles(place, 'app', (path) => !path.endsWith('.json'))),
      text('app/package.json', '{"type":"module"}\n'),
      text('app/serve.js', "import { main } from './index.js'\n\nawait main()\n"),
    ]
    return { files, components: JSON.parse(await readFile(join(place, 'components.json'), 'utf8')) }
  }
  throw new UserError('FILE_MISSING', `There is no bundle of the server at ${places[0]}; run \`npm run build\`.`)
}
