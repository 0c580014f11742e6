import type { TSESTree } from '@typescript-eslint/utils';
import type { Node, SourceCode } from './types.js';
import { remembered } from './remembered.js';
import { propertyName } from './unwrap.js';
import { findVariable } from './variable.js';

/** Where a value comes from: a module, and the names that lead from it to the value. */
export interface ImportOrigin {
  /** The module as written, without `node:`. */
  readonly module: string;
  /** `[]` is the module itself or its default export; `['Server']` its export of that name. */
  readonly path: readonly string[];
}

/**
 * Follows an expression back to the import or `require` it comes from: `http.createServer`, `{ createServer }`,
 * `import express, { Router }`, `require('fastify').default`, `(await import('koa')).default`.
 * The default export and the module itself are one thing here, as they are for CommonJS packages.
 */
export const findImportOrigin = remembered((sourceCode, node): ImportOrigin | null => {
  if (node.type === 'Identifier') return originOfIdentifier(sourceCode, node);
  if (node.type === 'MemberExpression') {
    const name = propertyName(node);
    const object = name === null ? null : findImportOrigin(sourceCode, node.object);
    return object && name !== null ? extend(object, name) : null;
  }
  return originOfRequire(sourceCode, node);
});

/** Objects that other runtimes have where Node has modules. */
const GLOBAL_MODULES = new Set(['Bun', 'Deno']);

function originOfIdentifier(sourceCode: SourceCode, node: TSESTree.Identifier): ImportOrigin | null {
  const definition = findVariable(sourceCode, node)?.defs[0];
  if (!definition) return GLOBAL_MODULES.has(node.name) ? moduleOrigin(node.name) : null;
  const { node: declaration, parent } = definition;
  switch (declaration.type) {
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return moduleOrigin((parent as TSESTree.ImportDeclaration).source.value);
    case 'ImportSpecifier': {
      const { imported } = declaration;
      const name = imported.type === 'Identifier' ? imported.name : imported.value;
      return extend(moduleOrigin((parent as TSESTree.ImportDeclaration).source.value), name);
    }
    case 'TSImportEqualsDeclaration': {
      const reference = declaration.moduleReference;
      return reference.type === 'TSExternalModuleReference' && reference.expression.type === 'Literal'
        ? moduleOrigin(String(reference.expression.value))
        : null;
    }
    case 'VariableDeclarator':
      return declaration.init
        ? originOfDeclarator(sourceCode, declaration, declaration.init, node.name)
        : null;
    default:
      return null;
  }
}

function originOfDeclarator(
  sourceCode: SourceCode,
  declarator: TSESTree.VariableDeclarator,
  init: Node,
  name: string,
): ImportOrigin | null {
  const { id } = declarator;
  if (id.type === 'Identifier') {
    // A call of an import gives something new; only the import itself, or a part of it, has an origin.
    return findImportOrigin(sourceCode, init);
  }
  if (id.type !== 'ObjectPattern') return null;
  const property = id.properties.find(
    (candidate) =>
      candidate.type === 'Property' &&
      (candidate.value.type === 'AssignmentPattern' ? candidate.value.left : candidate.value).type ===
        'Identifier' &&
      (
        (candidate.value.type === 'AssignmentPattern'
          ? candidate.value.left
          : candidate.value) as TSESTree.Identifier
      ).name === name,
  );
  if (property?.type !== 'Property' || property.key.type !== 'Identifier') return null;
  const object = findImportOrigin(sourceCode, init);
  return object && extend(object, property.key.name);
}

function originOfRequire(sourceCode: SourceCode, node: Node): ImportOrigin | null {
  if (node.type === 'ImportExpression') return literalModule(node.source);
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return null;
  const own = findVariable(sourceCode, node.callee);
  // `const require = createRequire(import.meta.url)` is as good as the global one.
  return own && own.defs[0]?.node.type !== 'VariableDeclarator' ? null : literalModule(node.arguments[0]);
}

function literalModule(node: Node | undefined): ImportOrigin | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? moduleOrigin(node.value) : null;
}

function moduleOrigin(module: string): ImportOrigin {
  return { module: module.replace(/^node:/, ''), path: [] };
}

function extend(origin: ImportOrigin, name: string): ImportOrigin {
  return name === 'default' ? origin : { module: origin.module, path: [...origin.path, name] };
}
