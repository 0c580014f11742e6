import { validateHeaderName, validateHeaderValue } from 'node:http';
import { SimulationError } from './errors.js';
import { holdHeader } from './preload/protocol.js';

/** What a request in flight is, beside its path. Absent: a plain GET. */
export interface RequestPlan {
  readonly method?: string;
  /** Names in lower case; sent with every request, not only with those in flight. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What says how a message is framed, or on what connection: that is what is measured. */
const ownHeaders = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', holdHeader];
const withoutBody = ['GET', 'HEAD', 'DELETE', 'OPTIONS'];
const secret = /auth|cookie|token|secret|key|password|session|credential/i;

/** Checks what is given and fills in what follows from it; throws a {@link SimulationError} for what cannot be meant. */
export function toRequestPlan(options: {
  method?: string | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
  body?: string | undefined;
}): RequestPlan {
  const { body } = options;
  const method = (options.method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase();
  if (!/^[A-Z-]+$/.test(method) || method === 'CONNECT' || method === 'TRACE') {
    const expected = 'a method such as GET, HEAD, POST or PUT';
    throw new SimulationError('bad-option', { option: 'method', value: method, expected });
  }
  if (body !== undefined && withoutBody.includes(method)) {
    const detail = `A ${method} request has no body: choose a method that has one, such as --method POST.`;
    throw new SimulationError('bad-request', { detail });
  }
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).map(([name, value]) => [toHeaderName(name, value), value]),
  );
  return {
    ...(method === 'GET' ? {} : { method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === undefined ? {} : { body }),
  };
}

/** The same request without what should not be in a recording that is shared: the body, and headers that may be secret. */
export function withoutSecrets<Plan extends RequestPlan>(plan: Plan): Plan {
  const { headers, body } = plan;
  return {
    ...plan,
    ...(headers === undefined
      ? {}
      : {
          headers: Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name, secret.test(name) ? '***' : value]),
          ),
        }),
    ...(body === undefined ? {} : { body: '***' }),
  };
}

/** The headers of a request with a body, which say what it is and how long. */
export function headersOfBody({ body, headers }: RequestPlan): Record<string, string> {
  if (body === undefined) return {};
  const type = isJson(body) ? 'application/json' : 'text/plain; charset=utf-8';
  return {
    ...(headers?.['content-type'] === undefined ? { 'content-type': type } : {}),
    'content-length': String(Buffer.byteLength(body)),
  };
}

function toHeaderName(name: string, value: string): string {
  const lower = name.trim().toLowerCase();
  try {
    validateHeaderName(lower);
    validateHeaderValue(lower, value);
  } catch {
    const expected = 'a name, a colon and a value: "Accept: text/html"';
    throw new SimulationError('bad-option', { option: 'header', value: `${name}: ${value}`, expected });
  }
  if (!ownHeaders.includes(lower)) return lower;
  throw new SimulationError('bad-request', { detail: `The header "${lower}" is set by sigterm itself.` });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
