import { l10n, Uri, workspace, type TestController, type TestItem, type TestRunRequest } from 'vscode';
import type { ScenarioId } from 'sigterm';
import type { TestServer } from './test-servers.js';

/** A server with the scenarios of it that are to be run. */
export interface Work {
  readonly server: TestServer;
  readonly item: TestItem;
  readonly scenarios: Map<ScenarioId, TestItem>;
}

type Scenarios = Readonly<Record<ScenarioId, { readonly about: string; readonly isDefault: boolean }>>;

/** The items of the Test Explorer: folders, in them servers, in these scenarios in two groups. */
export class TestTree {
  readonly #controller: TestController;
  readonly #scenarios = new WeakMap<TestItem, ScenarioId>();
  readonly #servers = new WeakMap<TestItem, TestServer>();

  constructor(controller: TestController) {
    this.#controller = controller;
  }

  /** Shows these servers and no others. */
  show(servers: readonly TestServer[], scenarios: Scenarios, problem?: string): void {
    const items = this.#controller.items;
    const kept = new Set<TestItem>();
    for (const server of servers) {
      const folder = workspace.getWorkspaceFolder(uriOf(server));
      if (folder === undefined) continue;
      const id = folder.uri.toString();
      const parent = items.get(id) ?? this.#controller.createTestItem(id, folder.name, folder.uri);
      items.add(parent);
      const item = this.#itemOf(server, parent, scenarios);
      for (const [, group] of item.children) group.range = server.place?.range;
      this.#servers.set(item, server);
      kept.add(item).add(parent);
    }
    for (const [id, parent] of items) {
      parent.error = problem;
      for (const [child, item] of parent.children) if (!kept.has(item)) parent.children.delete(child);
      if (!kept.has(parent)) items.delete(id);
    }
  }

  /** What is asked for, by server: one start of it serves all scenarios that can share one. */
  collect({ include, exclude = [] }: TestRunRequest): Work[] {
    const works = new Map<TestItem, Work>();
    const visit = (item: TestItem): void => {
      if (exclude.includes(item)) return;
      const scenario = this.#scenarios.get(item);
      const target = item.parent?.parent;
      const server = target === undefined ? undefined : this.#servers.get(target);
      if (scenario !== undefined && target !== undefined && server !== undefined) {
        const work = works.get(target) ?? { server, item: target, scenarios: new Map() };
        work.scenarios.set(scenario, item);
        works.set(target, work);
      }
      for (const [, child] of item.children) visit(child);
    };
    for (const item of include ?? [...this.#controller.items].map(([, one]) => one)) visit(item);
    return [...works.values()];
  }

  #itemOf(server: TestServer, parent: TestItem, scenarios: Scenarios): TestItem {
    const { key, found, place } = server;
    const { name, kind, file } = found;
    const path = file === undefined ? undefined : workspace.asRelativePath(file, false);
    const label = kind === 'file' || kind === 'command' ? (path ?? name) : name;
    const known = parent.children.get(key);
    if (known?.label === label && known.uri?.toString() === place?.uri.toString()) return known;
    const item = this.#controller.createTestItem(key, label, place?.uri);
    if (path !== undefined && path !== label) item.description = path;
    const groups = [
      { id: 'default', label: l10n.t('default scenarios'), isDefault: true },
      { id: 'more', label: l10n.t('more scenarios'), isDefault: false },
    ];
    for (const { id, label: text, isDefault } of groups) {
      const group = this.#controller.createTestItem(`${key} ${id}`, text, place?.uri);
      group.sortText = isDefault ? '0' : '1';
      const ids = (Object.keys(scenarios) as ScenarioId[]).filter(
        (one) => scenarios[one].isDefault === isDefault,
      );
      for (const [index, one] of ids.entries()) {
        const scenario = this.#controller.createTestItem(`${key} ${one}`, one, place?.uri);
        scenario.description = scenarios[one].about;
        scenario.sortText = String(index).padStart(2, '0');
        this.#scenarios.set(scenario, one);
        group.children.add(scenario);
      }
      item.children.add(group);
    }
    parent.children.add(item);
    return item;
  }
}

/** Whose folder it is shown in. */
function uriOf({ source, place, found: { file, cwd } }: TestServer): Uri {
  return source ?? place?.uri ?? Uri.file(file ?? cwd);
}
