import { manifestReaders } from 'graceful-shutdown-platforms/manifests';
import { platforms } from 'graceful-shutdown-platforms';
import { SimulationError } from '../errors.js';
import type { Kubectl } from './kubectl.js';

/** What is restarted, as the cluster describes it. */
export interface Workload {
  readonly kind: 'deployment' | 'pod';
  /** `deployment/web`. */
  readonly ref: string;
  readonly namespace: string;
  /** The pods that are there before, which the restart ends. */
  readonly pods: readonly string[];
  /** Selects them, and nothing else. */
  readonly selection: readonly string[];
  readonly graceMs: number;
  readonly preStopMs: number;
  /** A hook of which the cluster does not say how long it takes. */
  readonly hasOpenPreStop: boolean;
  /** How long a rollout may go on without progress; of a pod there is none. */
  readonly deadlineMs?: number;
}

interface Meta {
  readonly name: string;
  readonly namespace?: string;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly { readonly controller?: boolean }[];
}
interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}
interface KubernetesObject {
  readonly metadata: Meta;
  readonly spec: {
    readonly progressDeadlineSeconds?: number;
    readonly selector?: {
      readonly matchLabels?: Readonly<Record<string, string>>;
      readonly matchExpressions?: readonly Requirement[];
    };
  };
}

/**
 * Looks up what is to be restarted; changes nothing.
 *
 * @throws {@link SimulationError} where it is not there, may not be read, or would not come back.
 */
export async function findWorkload(kubectl: Kubectl, command: readonly string[]): Promise<Workload> {
  const [given = '', ...rest] = command;
  const match = /^(deployments?|deploy|pods?|po)(?:\.apps)?\/([a-z0-9][a-z0-9.-]*)$/.exec(given);
  if (match === null || rest.length > 0)
    throw new SimulationError('workload-unknown', { given: command.join(' ') });
  const [, word = '', name = ''] = match;
  const kind = word.startsWith('d') ? 'deployment' : 'pod';
  const ref = `${kind}/${name}`;
  const text = await kubectl.get(['get', ref, '--output', 'json']);
  const object = JSON.parse(text) as KubernetesObject;
  const common = { ref, namespace: object.metadata.namespace ?? 'default', ...readStop(text) };
  if (kind === 'pod') {
    // What nobody starts again would be gone for good.
    if (object.metadata.ownerReferences?.some(({ controller }) => controller === true) !== true)
      throw new SimulationError('pod-not-replaced', { ref });
    return { kind, ...common, pods: [name], selection: [ref] };
  }
  const selection = ['pods', '--selector', toSelector(object.spec.selector)];
  const list = JSON.parse(await kubectl.get(['get', ...selection, '--output', 'json'])) as {
    readonly items: readonly { readonly metadata: Meta }[];
  };
  const pods = list.items.flatMap(({ metadata }) =>
    metadata.deletionTimestamp === undefined ? [metadata.name] : [],
  );
  if (pods.length === 0) throw new SimulationError('workload-empty', { ref });
  const deadlineMs = (object.spec.progressDeadlineSeconds ?? 600) * 1_000;
  return { kind, ...common, pods, selection, deadlineMs };
}

/** The grace period and the hooks of the pod's containers, of which the longest counts: they run side by side. */
function readStop(text: string): Pick<Workload, 'graceMs' | 'preStopMs' | 'hasOpenPreStop'> {
  const { facts } = manifestReaders.kubernetes(text);
  const grace = facts.find((fact) => fact.kind === 'grace-period');
  const hooks = facts.flatMap((fact) => (fact.kind === 'pre-stop' ? [fact] : []));
  return {
    graceMs: grace?.ms ?? platforms.kubernetes.graceMs,
    preStopMs: Math.max(0, ...hooks.map(({ ms }) => ms ?? 0)),
    hasOpenPreStop: hooks.some(({ ms, isAtLeast }) => ms === null || isAtLeast),
  };
}

function toSelector({
  matchLabels = {},
  matchExpressions = [],
}: KubernetesObject['spec']['selector'] = {}): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key;
      if (operator === 'DoesNotExist') return `!${key}`;
      return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
    }),
  ].join(',');
}
