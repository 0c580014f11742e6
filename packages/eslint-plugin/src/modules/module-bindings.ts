import type { TSESTree } from '@typescript-eslint/utils';
import type { Node } from '../ast/types.js';
import { propertyName } from '../ast/unwrap.js';

interface Imported {
  readonly module: string;
  /** The export's name; `default` for the default export and for the module itself. */
  readonly name: string;
}

/** What the statements of a module's top level, or of a function's body, bind and export. */
export interface ModuleBindings {
  readonly imports: ReadonlyMap<string, Imported>;
  /** Constants and functions by name; of a variable that is assigned later, the last assignment. */
  readonly values: ReadonlyMap<string, Node>;
  /** `default` is the default export, or `module.exports`. */
  readonly exports: ReadonlyMap<string, Node>;
  readonly reExports: ReadonlyMap<string, Imported>;
  readonly starExports: readonly string[];
}

/** Reads the bindings off the statements directly in a module or a block. */
export function bindingsOf({ body }: TSESTree.Program | TSESTree.BlockStatement): ModuleBindings {
  const bindings = {
    imports: new Map<string, Imported>(),
    values: new Map<string, Node>(),
    exports: new Map<string, Node>(),
    reExports: new Map<string, Imported>(),
    starExports: [] as string[],
  };
  for (const statement of body) readStatement(bindings, statement);
  return bindings;
}

type Draft = ReturnType<typeof bindingsOf> & {
  imports: Map<string, Imported>;
  values: Map<string, Node>;
  exports: Map<string, Node>;
  reExports: Map<string, Imported>;
  starExports: string[];
};

function readStatement(bindings: Draft, statement: TSESTree.ProgramStatement): void {
  switch (statement.type) {
    case 'ImportDeclaration':
      for (const specifier of statement.specifiers) {
        const name = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default';
        bindings.imports.set(specifier.local.name, { module: statement.source.value, name });
      }
      break;
    case 'VariableDeclaration':
      for (const declarator of statement.declarations) readDeclarator(bindings, declarator);
      break;
    case 'FunctionDeclaration':
      if (statement.id) bindings.values.set(statement.id.name, statement);
      break;
    case 'ExpressionStatement':
      if (statement.expression.type === 'AssignmentExpression')
        readAssignment(bindings, statement.expression);
      break;
    case 'ExportDefaultDeclaration':
      bindings.exports.set('default', statement.declaration);
      break;
    case 'ExportAllDeclaration':
      if (!statement.exported) bindings.starExports.push(statement.source.value);
      break;
    case 'ExportNamedDeclaration':
      readNamedExport(bindings, statement);
      break;
  }
}

function readNamedExport(bindings: Draft, statement: TSESTree.ExportNamedDeclaration): void {
  const { declaration, source } = statement;
  if (declaration) {
    const before = new Set(bindings.values.keys());
    readStatement(bindings, declaration as TSESTree.ProgramStatement);
    for (const [name, value] of bindings.values) if (!before.has(name)) bindings.exports.set(name, value);
  }
  for (const { local, exported } of statement.specifiers) {
    if (source) bindings.reExports.set(nameOf(exported), { module: source.value, name: nameOf(local) });
    else bindings.exports.set(nameOf(exported), local);
  }
}

function readDeclarator({ imports, values }: Draft, { id, init }: TSESTree.VariableDeclarator): void {
  const module = init ? requiredModule(init) : null;
  if (id.type === 'Identifier') {
    if (module !== null) imports.set(id.name, { module, name: 'default' });
    else if (init) values.set(id.name, init);
  }
  if (id.type !== 'ObjectPattern' || module === null) return;
  for (const property of id.properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier') continue;
    if (property.key.type === 'Identifier')
      imports.set(property.value.name, { module, name: property.key.name });
  }
}

/** `module.exports = app`, `module.exports = { app }`, `exports.app = …`, and plain assignments. */
function readAssignment({ values, exports }: Draft, { left, right }: TSESTree.AssignmentExpression): void {
  if (left.type === 'Identifier') values.set(left.name, right);
  if (left.type !== 'MemberExpression') return;
  const name = propertyName(left);
  const isModule = left.object.type === 'Identifier' && left.object.name === 'module' && name === 'exports';
  if (!isModule) {
    const owner = left.object;
    const isExports =
      (owner.type === 'Identifier' && owner.name === 'exports') || propertyName(owner) === 'exports';
    if (isExports && name !== null) exports.set(name, right);
    return;
  }
  exports.set('default', right);
  for (const property of right.type === 'ObjectExpression' ? right.properties : []) {
    if (property.type === 'Property' && property.key.type === 'Identifier')
      exports.set(property.key.name, property.value);
  }
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

/** `x` of `require('x')`, or null. */
export function requiredModule(node: Node): string | null {
  const call = node as TSESTree.CallExpression;
  const isRequire =
    call.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === 'require';
  const argument = isRequire ? call.arguments[0] : undefined;
  return argument?.type === 'Literal' ? String(argument.value) : null;
}
