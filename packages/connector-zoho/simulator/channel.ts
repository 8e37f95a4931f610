/** What a client has asked to be told of one module. */
export interface Channel {
  readonly channelId: string;
  readonly module: string;
  readonly events: readonly string[];
  readonly notifyUrl: string;
  readonly token: string | null;
  readonly expiresMs: number;
  readonly withValues: boolean;
}
