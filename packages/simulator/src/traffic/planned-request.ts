import type { Plan } from '../options.js';
import { headersOfBody } from '../request-options.js';
import type { RequestSpec } from './connection.js';

/** What the requests in flight are by the plan, beside their path: method, headers and body. */
export function toPlannedRequest(
  plan: Pick<Plan, 'method' | 'headers' | 'body'>,
  headers: Readonly<Record<string, string>> = {},
): Pick<RequestSpec, 'method' | 'headers' | 'body'> {
  const { method, body } = plan;
  return {
    headers: { ...headersOfBody(plan), ...headers },
    ...(method === undefined ? {} : { method }),
    ...(body === undefined ? {} : { body: { first: body, rest: Promise.resolve('') } }),
  };
}
