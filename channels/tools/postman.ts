import type { ContractCase } from '../../agents/qa/contract-cases.ts';

type CaseStatus = 200 | 400 | 403 | 422;
/** The statuses by which the interface may answer a case. */
const statuses: Record<ContractCase['code'], readonly CaseStatus[]> = { ANSWERED: [200, 422], NOT_BROKEN: [200, 400, 422], INVALID_INPUT: [400], NOT_ALLOWED: [403] };

/** The contract cases as a Postman collection (v2.1): a folder a tool, the key of each role as a variable, the expected statuses as tests. */
export function postmanCollection(cases: readonly ContractCase[]): Record<string, unknown> {
  const item = (each: ContractCase): Record<string, unknown> => ({
    name: each.title,
    request: {
      method: 'POST', header: [{ key: 'Content-Type', value: 'application/json' }, { key: 'Authorization', value: `Bearer {{${each.role}Key}}` }],
      url: { raw: `{{baseUrl}}/api/tools/${each.tool}`, host: ['{{baseUrl}}'], path: ['api', 'tools', each.tool] }, body: { mode: 'raw', raw: JSON.stringify(each.input) },
    },
    event: [{ listen: 'test', script: { type: 'text/javascript', exec: [`pm.test('${each.code}', () => pm.expect(pm.response.code).to.be.oneOf(${JSON.stringify(statuses[each.code])}));`] } }],
  });
  const names = [...new Set(cases.map(({ tool }) => tool))];
  return {
    info: { name: 'Parapet: contract of every tool', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [{ key: 'baseUrl', value: 'http://127.0.0.1:3000' }, ...['owner', 'trader', 'viewer'].map((role) => ({ key: `${role}Key`, value: '' }))],
    item: names.map((name) => ({ name, item: cases.filter(({ tool }) => tool === name).map(item) })),
  };
}
