import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { SourceCode } from '../ast/types.js';
import { insertAfter, runsInto } from './insert-after.js';
import type { Style } from './style.js';

/** What generated code needs from a built-in module. */
export interface Need {
  readonly module: string;
  readonly name: string;
  /** The name to give it here when it is not there yet. */
  readonly as: string;
  readonly typeOnly?: boolean;
}

interface Bindings {
  /** Names bound to the whole module. */
  readonly whole: string | null;
  readonly named: ReadonlyMap<string, string>;
}

/** Names for what is needed: those the file has already, or new imports. */
export class Imports {
  /** The names to import, by module; those of types apart. */
  readonly #missing = new Map<string, { need: Need; names: string[] }>();
  /** What was given already for an import that is missing. */
  readonly #given = new Map<string, string>();

  constructor(
    private readonly sourceCode: SourceCode,
    private readonly style: Style,
  ) {}

  /** The expression that names what is needed; remembers the import where the file has none. */
  use({ module, name, as, typeOnly }: Need): string {
    const { whole, named } = bindingsOf(this.sourceCode, module, typeOnly ?? false);
    const known = named.get(name) ?? (whole && `${whole}.${name}`);
    if (known) return known;
    const key = `${typeOnly ? 'type ' : ''}${module}`;
    const given = this.#given.get(`${key} ${name}`);
    if (given) return given;
    this.#given.set(`${key} ${name}`, as);
    const entry = this.#missing.get(key) ?? {
      need: { module, name, as, ...(typeOnly && { typeOnly }) },
      names: [],
    };
    const separator = this.#isImport ? ' as ' : ': ';
    entry.names.push(as === name ? name : `${name}${separator}${as}`);
    this.#missing.set(key, entry);
    return as;
  }

  /** The edit that adds the imports after those that are there, or at the top. */
  insert(fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] {
    const { newline } = this.style;
    if (this.#missing.size === 0) return [];
    const text = Array.from(this.#missing.values(), ({ need, names }) => this.#statement(need, names)).join(
      newline,
    );
    const last = lastImport(this.sourceCode);
    if (last) return [insertAfter(fixer, this.sourceCode, last, newline + text, { newline, base: '' })];
    const first = this.sourceCode.ast.body.find(
      (statement) => !('directive' in statement && statement.directive),
    );
    if (!first) return [];
    const guard = runsInto(text, this.sourceCode.getText(first)) ? ';' : '';
    return [fixer.insertTextBefore(first, text + guard + newline + newline)];
  }

  get #isImport(): boolean {
    return this.style.moduleSystem === 'esm' || this.style.typescript;
  }

  #statement({ module, typeOnly }: Need, names: readonly string[]): string {
    const { quote, semicolons, builtinPrefix } = this.style;
    const source = `${quote}${builtinPrefix}${module}${quote}`;
    const list = `{ ${[...new Set(names)].join(', ')} }`;
    const statement = this.#isImport
      ? `import ${typeOnly ? 'type ' : ''}${list} from ${source}`
      : `const ${list} = require(${source})`;
    return semicolons ? `${statement};` : statement;
  }
}

function bindingsOf(sourceCode: SourceCode, module: string, typeOnly: boolean): Bindings {
  const named = new Map<string, string>();
  let whole: string | null = null;
  const matches = (value: unknown) => String(value).replace(/^node:/, '') === module;
  for (const statement of sourceCode.ast.body) {
    if (statement.type === 'ImportDeclaration' && matches(statement.source.value)) {
      if (statement.importKind === 'type' && !typeOnly) continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type' && !typeOnly) continue;
        if (specifier.type !== 'ImportSpecifier') whole ??= specifier.local.name;
        else if (specifier.imported.type === 'Identifier')
          named.set(specifier.imported.name, specifier.local.name);
      }
    }
    for (const declarator of statement.type === 'VariableDeclaration' ? statement.declarations : []) {
      if (!isRequire(declarator.init, matches)) continue;
      if (declarator.id.type === 'Identifier') whole ??= declarator.id.name;
      for (const property of declarator.id.type === 'ObjectPattern' ? declarator.id.properties : []) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue;
        if (property.value.type === 'Identifier') named.set(property.key.name, property.value.name);
      }
    }
  }
  return { whole, named };
}

function isRequire(node: TSESTree.Node | null, matches: (module: unknown) => boolean): boolean {
  if (node?.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return false;
  return node.arguments[0]?.type === 'Literal' && matches(node.arguments[0].value);
}

/** The last of the imports or requires that open the file. */
function lastImport(sourceCode: SourceCode): TSESTree.ProgramStatement | null {
  const { body } = sourceCode.ast;
  const isImport = (statement: TSESTree.ProgramStatement) =>
    statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration';
  const isTopRequire = (statement: TSESTree.ProgramStatement) =>
    statement.type === 'VariableDeclaration' &&
    statement.declarations.every((declarator) =>
      /^require\s*\(/.test(declarator.init ? sourceCode.getText(declarator.init) : ''),
    );
  const imports = body.filter(isImport);
  const last = imports.at(-1);
  if (last) return last;
  const lead = body.findIndex(
    (statement) => !isTopRequire(statement) && !('directive' in statement && statement.directive),
  );
  return body.slice(0, lead < 0 ? body.length : lead).findLast(isTopRequire) ?? null;
}
