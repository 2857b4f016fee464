import type { ImageOptions } from '@mlwright/oci'

/** A word of a Dockerfile: JSON's quotes are its own, but a dollar sign would be a variable. */
const quoted = (text: string) => JSON.stringify(text).replaceAll('$', '\\$')
const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`)

/** A Dockerfile that copies the folders of the parts, in their order, onto a base. `{arch}` in a folder's name is the platform's. */
export function dockerfile(
  base: string,
  folders: readonly string[],
  options: Omit<ImageOptions, 'platform' | 'base' | 'history'>,
): string {
  const { entrypoint, environment, health, labels, ports, user, workingDirectory } = options
  return `${[
    `FROM ${base}`,
    'ARG TARGETARCH',
    ...folders.map((folder) => `COPY ["${folder.replace('{arch}', '$TARGETARCH')}/", "/"]`),
    `ENV ${pairs(environment).join(' ')}`,
    `LABEL ${pairs(labels).join(' ')}`,
    `USER ${user}`,
    `WORKDIR ${workingDirectory}`,
    ...ports.map((port) => `EXPOSE ${port}`),
    'STOPSIGNAL SIGTERM',
    ...(health
      ? [
          `HEALTHCHECK --interval=${health.seconds}s --timeout=${health.seconds}s CMD ${JSON.stringify(health.test.slice(1))}`,
        ]
      : []),
    `ENTRYPOINT ${JSON.stringify(entrypoint)}`,
  ].join('\n')}\n`
}
