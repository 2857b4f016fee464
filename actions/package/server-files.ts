import { realpathSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '@mlwright/domain'
import type { LayerFile } from '@mlwright/oci'
import { folderFiles } from './folder-files.ts'

const text = (path: string, content: string): LayerFile => ({ path, content: Buffer.from(content) })

/** The bundle of the server, which the build leaves beside the program that runs. Throws `UserError` FILE_MISSING. */
export async function serverFiles(script: string): Promise<LayerFile[]> {
  const own = dirname(realpathSync(script))
  const places = [join(own, 'serving'), join(own, '../dist/serving')]
  for (const place of places) {
    if (!(await stat(join(place, 'index.js')).catch(() => null))) continue
    return [
      ...(await folderFiles(place, 'app', (path) => path !== 'package.json')),
      text('app/package.json', '{"type":"module"}\n'),
      text('app/serve.js', "import { main } from './index.js'\n\nawait main()\n"),
    ]
  }
  throw new UserError('FILE_MISSING', `There is no bundle of the server at ${places[0]}; run \`npm run build\`.`)
}
