import type { TSESTree } from '@typescript-eslint/utils';
import { findExport } from '../modules/exports.js';
import { toPackageName } from '../modules/known-packages.js';
import { findModule } from '../modules/parse.js';
import { moduleOf } from './module.js';
import { remembered } from './remembered.js';
import { isFunction, type Node } from './types.js';
import { propertyName, unwrap } from './unwrap.js';
import { findVariable, valuesOf } from './variable.js';

/** Where a value comes from: a package, and the names that lead from it to the value. */
export interface ImportOrigin {
  /** The package or built-in module as written, without `node:`; a relative path where that file cannot be read. */
  readonly module: string;
  /** `[]` is the module itself or its default export; `['Server']` its export of that name. */
  readonly path: readonly string[];
}

/** Objects that other runtimes have where Node has modules. */
const GLOBAL_MODULES = new Set(['Bun', 'Deno']);

/**
 * Follows an expression back to the import or `require` it comes from: `http.createServer`, `{ createServer }`,
 * `import express, { Router }`, `require('fastify').default`, `(await import('koa')).default`, also through modules of
 * the package that hand it on. The default export and the module itself are one thing here, as for CommonJS packages.
 */
export const findImportOrigin = remembered((node): ImportOrigin | null => {
  if (node.type === 'Identifier') return originOfIdentifier(node);
  if (node.type === 'MemberExpression') {
    const name = propertyName(node);
    // globalThis.Bun
    if (name !== null && GLOBAL_MODULES.has(name) && isGlobalObject(node.object))
      return { module: name, path: [] };
    const object = name === null ? null : findImportOrigin(node.object);
    return object && name !== null ? handOn(node, extend(object, name)) : null;
  }
  // const transport = tls ? require('https') : require('http')
  if (node.type === 'ConditionalExpression')
    return findImportOrigin(node.consequent) ?? findImportOrigin(node.alternate);
  if (node.type === 'LogicalExpression') return findImportOrigin(node.left) ?? findImportOrigin(node.right);
  return originOfRequire(node);
});

function originOfIdentifier(node: TSESTree.Identifier): ImportOrigin | null {
  const variable = findVariable(node);
  const definition = variable?.defs[0];
  if (!definition) return GLOBAL_MODULES.has(node.name) ? { module: node.name, path: [] } : null;
  const { node: declaration, parent } = definition;
  switch (declaration.type) {
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return handOn(node, moduleOrigin((parent as TSESTree.ImportDeclaration).source));
    case 'ImportSpecifier': {
      const { imported } = declaration;
      const name = imported.type === 'Identifier' ? imported.name : imported.value;
      return handOn(node, extend(moduleOrigin((parent as TSESTree.ImportDeclaration).source), name));
    }
    case 'TSImportEqualsDeclaration': {
      const reference = declaration.moduleReference;
      return reference.type === 'TSExternalModuleReference' && reference.expression.type === 'Literal'
        ? moduleOrigin(reference.expression)
        : null;
    }
    case 'VariableDeclarator':
      return declaration.init
        ? originOfDeclarator(declaration, declaration.init, node.name)
        : originOfOnly(valuesOf(variable));
    default:
      return definition.type === 'Parameter'
        ? originOfImported(declaration, definition.name, node.name)
        : null;
  }
}

/** `import('node:http').then(({ createServer }) => …)` */
function originOfImported(fn: Node, binding: Node, name: string): ImportOrigin | null {
  const call = fn.parent;
  if (!isFunction(fn) || call?.type !== 'CallExpression' || call.arguments[0] !== fn) return null;
  const promise =
    call.callee.type === 'MemberExpression' && propertyName(call.callee) === 'then'
      ? call.callee.object
      : null;
  const [parameter] = fn.params;
  if (promise?.type !== 'ImportExpression' || !parameter) return null;
  return parameter === binding ? findImportOrigin(promise) : originInPattern(parameter, promise, name);
}

function isGlobalObject(node: Node): boolean {
  return node.type === 'Identifier' && /^global(?:This)?$/.test(node.name) && !findVariable(node);
}

/** `let express; express = require('express')` */
function originOfOnly(values: readonly Node[]): ImportOrigin | null {
  const [only, ...others] = values;
  return only && others.length === 0 ? findImportOrigin(only) : null;
}

function originOfDeclarator(
  declarator: TSESTree.VariableDeclarator,
  init: Node,
  name: string,
): ImportOrigin | null {
  const { id } = declarator;
  if (id.type === 'Identifier') {
    // A call of an import gives something new; only the import itself, or a part of it, has an origin.
    return findImportOrigin(init);
  }
  if (id.type === 'ArrayPattern') return originOfElement(id, init, name);
  return originInPattern(id, init, name);
}

/** `{ createServer }` of what an expression gives. */
function originInPattern(id: Node, init: Node, name: string): ImportOrigin | null {
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
  const object = findImportOrigin(init);
  return object && handOn(init, extend(object, property.key.name));
}

/** `const [express, open] = await Promise.all([import('express'), import('open')])` */
function originOfElement(pattern: TSESTree.ArrayPattern, init: Node, name: string): ImportOrigin | null {
  const index = pattern.elements.findIndex(
    (element) => element?.type === 'Identifier' && element.name === name,
  );
  const all = unwrap(init);
  const list = all.type === 'CallExpression' && propertyName(all.callee) === 'all' ? all.arguments[0] : null;
  const element = list?.type === 'ArrayExpression' ? list.elements[index] : null;
  return element && element.type !== 'SpreadElement' ? findImportOrigin(element) : null;
}

function originOfRequire(node: Node): ImportOrigin | null {
  if (node.type === 'ImportExpression') return literalModule(node.source);
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return null;
  const own = findVariable(node.callee);
  // `const require = createRequire(import.meta.url)` is as good as the global one.
  return own && own.defs[0]?.node.type !== 'VariableDeclarator' ? null : literalModule(node.arguments[0]);
}

/** Through a module of the package to the origin of what it exports: `export { default as express } from 'express'`. */
function handOn(at: Node, origin: ImportOrigin): ImportOrigin | null {
  const [name = 'default', ...rest] = origin.path;
  const found = rest.length === 0 ? findModule(origin.module, moduleOf(at)) : null;
  if (!found) return origin;
  const origins = findExport(found, name).flatMap((value) => {
    const further = value.type === 'Program' ? null : findImportOrigin(value);
    return further ? [further] : [];
  });
  return origins[0] ?? origin;
}

function literalModule(node: Node | undefined): ImportOrigin | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? moduleOrigin(node) : null;
}

function moduleOrigin(source: TSESTree.Literal): ImportOrigin {
  return { module: toPackageName(String(source.value), moduleOf(source).file), path: [] };
}

function extend(origin: ImportOrigin, name: string): ImportOrigin {
  return name === 'default' ? origin : { module: origin.module, path: [...origin.path, name] };
}
