/** Filled in by main.ts and cli.ts. */
export interface ToolServices { placeholder?: never }
