declare module 'virtual:operations' {
  /** Method and path of each operation, by its id. */
  export const control: Readonly<Record<string, readonly [method: string, path: string]>>;
  export const unified: Readonly<Record<string, readonly [method: string, path: string]>>;
}
declare module 'virtual:tokens.css';
declare module '*.css';
