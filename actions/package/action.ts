import { defineAction, input } from '@mlwright/action'
import { packageImage } from './package-image.ts'
import { keepImages, packageReleased } from './package-released.ts'
import type { Produced } from './produce-image.ts'

const text = (description: string) => input.text(description, { optional: true })

export default defineAction({
  name: 'package',
  description: 'Turn a model into a container image that serves it, without Docker, and push it to a registry.',
  positional: ['model'],
  inputs: {
    'model-path': text(
      'Path of an ONNX model (default: that of the version that `model` names, such as `churn@v1.4.0`, else that of `run`).',
    ),
    run: text('Path of a run.json, or a run id (default: the latest run).'),
    name: text('Name that the model is served under (default: that of the model or its file).'),
    version: text('Version of the model (default: the released one, else the first digits of its SHA-256).'),
    contract: text(
      "ODCS contract that requests have to keep, as far as one row tells (default: that of the release, else of the model's data); `none` for none.",
    ),
    image: text('Where the image goes, such as `ghcr.io/acme/churn:v1.4.0`.'),
    layout: text('Folder to write the image to as an OCI layout, for `podman pull oci:FOLDER` or skopeo.'),
    base: text(
      'A published Node.js image on glibc to begin with, by its digest: `node:24-slim@sha256:…`; or `local`, the Node.js of this machine (default).',
    ),
    platforms: text(
      'Platforms, `linux/amd64, linux/arm64`; several make an index, and need a published `base` (default: that of this machine).',
    ),
    builder: input.choice(
      'Who builds: mlwright itself, or Docker, for which a Dockerfile is written and which logs in with the same user, else its own.',
      ['mlwright', 'docker'],
      { default: 'mlwright' },
    ),
    mode: input.choice(
      '`build` makes the image that the inputs describe. In the workflow of a release, `release` makes and pushes those of the newest versions of models with `package` in the configuration, and `record` keeps on the records branch where they are, in a job that may write there.',
      ['build', 'release', 'record'],
      { default: 'build' },
    ),
    'registry-user': text('User of the registry (default on ghcr.io: who started the workflow).'),
    'registry-password': text('Password of the registry (default on ghcr.io: `token`).'),
  },
  outputs: {
    image: 'The image by its digest, or the folder of its layout; a line for each where there are several.',
    digest: 'SHA-256 of the manifest, or of the index; the same model, mlwright and Node.js give the same.',
  },
  async run(inputs, ports) {
    const script = process.argv[1] ?? ''
    const { mode } = inputs
    const made: readonly Produced[] =
      mode === 'release'
        ? await packageReleased(inputs, ports, script)
        : mode === 'record'
          ? await keepImages(inputs, ports)
          : [await packageImage(inputs, ports, script)]
    const lines = (say: (produced: Produced) => string) => made.map(say).join('\n')
    const nouns = made.map(({ image }) => image)
    return {
      verdict: 'pass',
      message:
        lines(({ message }) => message) || 'No model of the configuration asks for an image that is not there yet.',
      summary: '',
      noun: nouns.length === 1 ? nouns[0]! : nouns,
      outputs: { image: lines(({ image }) => image.image), digest: lines(({ image }) => image.digest) },
    }
  },
})
