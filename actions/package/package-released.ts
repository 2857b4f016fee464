import { type Config, type PackageConfig, PackagedImage, type Ports, UserError } from '@mlwright/domain'
import { Records, readRecord, recordPaths, recordsBranch, recordText } from '@mlwright/tracking'
import { artifactName, folderPrefix, type PipelineScope } from '../common/artifact-name.ts'
import { committedConfig } from '../common/committed-config.ts'
import { chooseModels } from '../common/project.ts'
import { readRegistry } from '../common/registry.ts'
import { upload } from '../common/upload.ts'
import { receive } from '../report/receive.ts'
import { type PackageInputs, packageImage } from './package-image.ts'
import type { Produced } from './produce-image.ts'

type Scope = PipelineScope & PackageInputs

const folder = '.mlwright/images'

/** How the versions of a model become images; null where they do not. */
function settingsOf(config: Config, model: string): PackageConfig | null {
  const wanted = config.models[model]?.package ?? false
  return wanted === true ? {} : wanted || null
}

/** Where a model's images go by themselves: a package of the repository on GitHub. */
function defaultRepository({ event }: Pick<Ports, 'event'>, model: string): string {
  if (!event.repository)
    throw new UserError(
      'INPUT_INVALID',
      `Nothing says where images of ${model} go; add models.${model}.package.image to mlwright.yml.`,
    )
  const { owner, name } = event.repository
  return `ghcr.io/${owner}/${name}/${model}`.toLowerCase()
}

/**
 * Makes and pushes the image of each model's newest version, where `package` in the configuration asks for it and the
 * records have none yet, and hands what was pushed to the job that may keep it.
 */
export async function packageReleased(inputs: Scope, ports: Ports, script: string): Promise<Produced[]> {
  const prefix = folderPrefix(inputs)
  const config = await committedConfig(ports, ports.event.commit, prefix + inputs.config)
  const registry = await readRegistry(ports)
  const records = new Records(ports.refs)
  const made: Produced[] = []
  for (const [model] of chooseModels(config, inputs.model)) {
    const settings = settingsOf(config, model)
    const latest = registry.models.get(model)?.latest
    if (!settings || !latest || (await records.image(model, latest.version))) continue
    const image = `${settings.image ?? defaultRepository(ports, model)}:${latest.version.replaceAll('+', '_')}`
    const { base, builder, platforms } = settings
    const { version } = latest
    const own = { name: model, version, base, builder, platforms: platforms?.join(','), image, model: latest.tag }
    const { registryPassword, registryUser, token, config: path } = inputs
    const given = { ...own, registryPassword, registryUser, token, config: path }
    const sources = { read: (file: string) => ports.refs.read(latest.commit, prefix + file) }
    const produced = await packageImage(given, ports, script, sources)
    await ports.files.write(`${folder}/${model}/${latest.version}.json`, recordText(produced.image))
    made.push(produced)
  }
  if (made.length > 0) await upload(ports, artifactName('images', inputs), [`${folder}/*/*.json`])
  return made
}

/** Keeps on the records branch where the images are that another job has pushed. */
export async function keepImages(inputs: Scope, ports: Ports): Promise<Produced[]> {
  if (!(await receive(ports, artifactName('images', inputs)))) return []
  const config = await committedConfig(ports, ports.event.commit, folderPrefix(inputs) + inputs.config)
  const kept: Produced[] = []
  for (const path of await ports.files.glob(`${folder}/*/*.json`)) {
    const image = readRecord(PackagedImage, (await ports.files.read(path))!, path)
    const { name, model_version: version } = image
    if (!settingsOf(config, name) || path !== `${folder}/${name}/${version}.json`)
      throw new UserError(
        'RECORD_INVALID',
        `The image of ${name} ${version} is none of this configuration; run the workflow again.`,
      )
    const file = new Map([[recordPaths.image(name, version), new TextEncoder().encode(recordText(image))]])
    await ports.refs.commit(recordsBranch, `Record the image of ${name} ${version}`, file)
    kept.push({ image, message: `${name} ${version} is ${image.image}.` })
  }
  return kept
}
