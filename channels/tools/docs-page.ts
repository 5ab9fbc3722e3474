import type { ToolDescription } from './tool-door.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const schema = (title: string, value: unknown): string => `<details><summary>${title}</summary><pre>${escaped(JSON.stringify(value, null, 2))}</pre></details>`;

/** The tools as one page without scripts, styles or anything from outside. */
export function docsPage(tools: readonly ToolDescription[]): string {
  const section = (effect: ToolDescription['effect'], title: string): string => `<h2>${title}</h2>${tools.filter((tool) => tool.effect === effect).map((tool) => `<section id="${escaped(tool.name)}"><h3><code>${escaped(tool.name)}</code></h3><p>${escaped(tool.purpose)} <small>(${escaped(tool.permission)})</small></p>${schema('Input', tool.input)}${schema('Output', tool.output)}</section>`).join('')}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Parapet: tools</title></head><body><h1>Tools</h1><p>Each is called by <code>POST /api/tools/NAME</code> with its input as JSON and an API key (<code>Authorization: Bearer …</code>), by <code>parapet tool call NAME --json '{…}'</code>, and over MCP at <code>/mcp</code> or <code>parapet mcp</code>. <a href="/api/openapi.json">OpenAPI</a></p>${section('read', 'Reads')}${section('propose', 'Proposals')}</body></html>`;
}
