/** Where contents are kept, by name. */
export interface FileStore {
  has(name: string): Promise<boolean>;
  put(name: string, bytes: Uint8Array): Promise<void>;
}
