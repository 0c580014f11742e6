import { count, duration, type Words } from './format.js';

/** Why a restart in a cluster could not be judged. */
export interface ClusterErrorArgs {
  'fixed-by-cluster': { option: string };
  'only-for-cluster': { option: string };
  'url-missing': Record<never, never>;
  'url-silent': { url: string; waitedMs: number };
  'url-gone': { url: string; ref: string; waitedMs: number };
  'context-missing': Record<never, never>;
  'cluster-failed': { call: string; detail: string };
  'cluster-forbidden': { call: string; detail: string };
  'workload-unknown': { given: string };
  'workload-not-found': { call: string; detail: string };
  'workload-empty': { ref: string };
  'pod-not-replaced': { ref: string };
  'load-not-steady': { path: string; lost: number; sent: number };
  'rollout-not-finished': { ref: string; waitedMs: number; deadlineMs: number; detail: string; call: string };
}

export const clusterErrors: { [Code in keyof ClusterErrorArgs]: (args: ClusterErrorArgs[Code]) => Words } = {
  'fixed-by-cluster': ({ option }) => ({
    text: `--${option} means nothing with --driver kubernetes: what the pods are like is said in the cluster.`,
    advice: 'Leave it out; grace period and preStop are read from the specification of the pods.',
  }),
  'only-for-cluster': ({ option }) => ({
    text: `--${option} is only for --driver kubernetes.`,
    advice: 'Leave it out, or add --driver kubernetes.',
  }),
  'url-missing': () => ({
    text: '--driver kubernetes needs --url: where clients reach the pods through a Service or an Ingress.',
    advice:
      'For instance --url http://shop.example.com. The address of a kubectl port-forward will not do: it goes to one pod, and ends with it.',
  }),
  'url-silent': ({ url, waitedMs }) => ({
    text: `${url} answered no HTTP request within ${duration(waitedMs)}; nothing was restarted.`,
    advice: 'Check the address of the Service or Ingress: curl has to get an answer from here.',
  }),
  'url-gone': ({ url, ref, waitedMs }) => ({
    text: `${ref} was restarted, and ${url} has not answered properly for ${duration(waitedMs)} since its pods were replaced.`,
    advice:
      'If it is a kubectl port-forward: that ends with its pod, so name the address of a Service or an Ingress. Otherwise see with kubectl get pods whether the new ones are ready.',
  }),
  'context-missing': () => ({
    text: 'kubectl has no current context, so it is not known which cluster is meant.',
    advice: 'Choose one with kubectl config use-context, or name it with --context.',
  }),
  'cluster-failed': ({ call, detail }) => ({
    text: `"${call}" failed: ${detail || 'it gave no reason'}.`,
    advice: 'Try it by hand; --context and --namespace choose another cluster or namespace.',
  }),
  'cluster-forbidden': ({ call, detail }) => ({
    text: `"${call}" is not allowed: ${detail}.`,
    advice:
      'Deployments have to be read and patched, pods read and watched; for pod/NAME it is pods that have to be deleted.',
  }),
  'workload-unknown': ({ given }) => ({
    text: `"${given}" is nothing that --driver kubernetes can restart.`,
    advice: 'Name one thing, behind all options: deployment/NAME, or pod/NAME.',
  }),
  'workload-not-found': ({ call, detail }) => ({
    text: `"${call}" found nothing: ${detail}.`,
    advice: 'Check the name and the namespace (-n); kubectl get deployments lists what there is.',
  }),
  'workload-empty': ({ ref }) => ({
    text: `${ref} has no pods that could be replaced.`,
    advice: 'Scale it up first; with two replicas one serves while the other is replaced.',
  }),
  'pod-not-replaced': ({ ref }) => ({
    text: `Nothing would start ${ref} again: it belongs to no Deployment, StatefulSet or other controller. It was not deleted.`,
    advice: 'Name a pod that is replaced, or a deployment/NAME.',
  }),
  'load-not-steady': ({ path, lost, sent }) => ({
    text: `Before anything was restarted ${String(lost)} of ${count(sent, 'request', 'requests')} for ${path} were lost already; nothing was restarted.`,
    advice: 'Choose a path that always answers with --path, or fewer clients with --requests.',
  }),
  'rollout-not-finished': ({ ref, waitedMs, deadlineMs, detail, call }) => ({
    text: `The rollout of ${ref} did not finish: "${call}" gave up after ${duration(waitedMs)} (the deployment's progress deadline is ${duration(deadlineMs)}): ${detail || 'it gave no reason'}.`,
    advice:
      'The new pods do not become ready: see kubectl get pods. Nothing was taken back; kubectl rollout undo does that.',
  }),
};
