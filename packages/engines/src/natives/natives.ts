/** The native packages that mlwright uses, by the name that loads them. */
export interface Natives {
  '@duckdb/node-api': typeof import('@duckdb/node-api')
  '@duckdb/node-bindings': typeof import('@duckdb/node-bindings')
  'onnxruntime-node': typeof import('onnxruntime-node')
}

/** Loads a native package from where it is installed, at its first use. */
export type NativeLoader = <N extends keyof Natives>(name: N) => Promise<Natives[N]>
