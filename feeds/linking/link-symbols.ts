import type { SymbolName } from '../../desk/market/types.ts';
export interface SymbolLinker {
  link(text: string): { symbols: SymbolName[]; unlinked: { name: string; candidates: SymbolName[] }[] };
  resolve(name: string): { kind: 'one'; symbol: SymbolName } | { kind: 'ambiguous'; candidates: SymbolName[] } | { kind: 'unknown'; near: SymbolName[] };
}
