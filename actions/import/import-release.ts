import { type Ports, UserError } from '@mlwright/domain'
import { type MlflowOnnx, releaseMarker, sha256Sums } from '@mlwright/registry'
import { code } from '@mlwright/report'
import { publishRelease } from '../register/publish-release.ts'
import type { PlannedVersion } from './version-commit.ts'

/** A clause that says why the file cannot be used; null where it can. */
export async function onnxProblem({ sessions }: Pick<Ports, 'sessions'>, model: Uint8Array): Promise<string | null> {
  try {
    await (await sessions.open(model)).close()
    return null
  } catch (error) {
    if (error instanceof UserError) return `its ONNX file cannot be used: ${error.message}`
    throw error
  }
}

/** Publishes the release of an imported version; returns its address. */
export async function importRelease(
  ports: Pick<Ports, 'releases'>,
  { tag, model, from }: { readonly tag: string; readonly model: string; readonly from: string },
  { at, description, run, source, version }: PlannedVersion,
  { model: bytes, description: mlmodel }: MlflowOnnx,
): Promise<string> {
  const assets = new Map([['model.onnx', bytes]])
  if (mlmodel) assets.set('MLmodel', mlmodel)
  assets.set('SHA256SUMS', new TextEncoder().encode(sha256Sums(assets)))
  const facts = [
    `Imported from MLflow: ${code(from)}, made ${new Date(at * 1000).toISOString()}.`,
    ...(run === null ? [] : [`Run ${code(run)}.`]),
    `Source ${code(source, 300)}.`,
    ...(description === '' ? [] : [code(description, 1000)]),
  ]
  const body = `${releaseMarker(tag)}\n${facts.join('\n\n')}\n`
  const { url } = await publishRelease(ports, { tag, title: `${model} ${version}`, body, assets, latest: false })
  return url
}
