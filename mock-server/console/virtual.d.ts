declare module 'virtual:operations' {
  /** Method and path of each operation, by its id. */
  export const control: Readonly<Record<string, readonly [method: string, path: string]>>;
  export const unified: Readonly<Record<string, readonly [method: string, path: string]>>;
}
declare module 'virtual:actions' {
  /** The actions of the unified API, with what their forms ask for. */
  export const actions: readonly {
    id: string;
    path: string;
    method: string;
    summary: string;
    fields: readonly { name: string; isRequired: boolean; schema: Record<string, unknown> }[];
    example: Readonly<Record<string, unknown>>;
  }[];
}
declare module 'virtual:scenario-schema' {
  /** What a scenario as YAML has to fit. */
  export const schema: Readonly<Record<string, unknown>>;
}
declare module 'virtual:tokens.css';
declare module '*.css';
