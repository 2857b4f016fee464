import { defineAction, input } from '@mlwright/action'
import { packageImage } from './package-image.ts'

export default defineAction({
  name: 'package',
  description: 'Turn a model into a container image that serves it, without Docker, and push it to a registry.',
  inputs: {
    'model-path': input.text('Path of an ONNX model (default: the model of `run`).', { optional: true }),
    run: input.text('Path of a run.json, or a run id (default: the latest run).', { optional: true }),
    name: input.text('Name that the model is served under (default: that of the model or its file).', {
      optional: true,
    }),
    version: input.text('Version of the model (default: the first digits of its SHA-256).', { optional: true }),
    image: input.text('Where the image goes, such as `ghcr.io/acme/churn:v1.4.0`.', { optional: true }),
    layout: input.text('Folder to write the image to as an OCI layout, for `podman pull oci:FOLDER` or skopeo.', {
      optional: true,
    }),
    'registry-user': input.text('User of the registry (default on ghcr.io: who started the workflow).', {
      optional: true,
    }),
    'registry-password': input.text('Password of the registry (default on ghcr.io: `token`).', { optional: true }),
  },
  outputs: {
    image: 'The image by its digest, or the folder of its layout.',
    digest: 'SHA-256 of the manifest; the same model, mlwright and Node.js give the same.',
  },
  async run(inputs, ports) {
    const { where, digest, message, noun } = await packageImage(inputs, ports, process.argv[1] ?? '')
    return { verdict: 'pass', message, summary: '', noun, outputs: { image: where, digest } }
  },
})
