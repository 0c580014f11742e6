import { follow } from './follow.js';
import { remembered } from './remembered.js';
import type { Node } from './types.js';
import { propertyName } from './unwrap.js';
import { findVariable } from './variable.js';

/** What a list holds, as expressions: its elements as written, what is pushed on it, what its `map` gives. */
export function elementsOf(list: Node): readonly Node[] {
  return find(list) ?? [];
}

const find = remembered((list): readonly Node[] => [
  ...follow(list).flatMap(elementsOfValue),
  ...pushed(list),
]);

function elementsOfValue(value: Node): readonly Node[] {
  if (value.type === 'ArrayExpression') {
    return value.elements.flatMap((element) => {
      if (!element) return [];
      return element.type === 'SpreadElement' ? elementsOf(element.argument) : [element];
    });
  }
  if (value.type === 'NewExpression' && value.callee.type === 'Identifier' && value.callee.name === 'Set') {
    const [argument] = value.arguments;
    return argument && argument.type !== 'SpreadElement' ? elementsOf(argument) : [];
  }
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return [];
  const name = propertyName(value.callee);
  if (name === 'filter' || name === 'slice' || name === 'concat' || name === 'reverse')
    return elementsOf(value.callee.object);
  const [argument] = value.arguments;
  if (!argument || argument.type === 'SpreadElement') return [];
  // Object.values({ a, b }), Array.from(set), Promise.all([a, b])
  if (name === 'values' || name === 'from' || name === 'all') {
    return follow(argument).flatMap((object) =>
      object.type === 'ObjectExpression'
        ? object.properties.flatMap((property) => (property.type === 'Property' ? [property.value] : []))
        : elementsOfValue(object),
    );
  }
  return [];
}

/** `servers.push(app.listen())`, `servers.add(…)` on a variable of this file. */
function pushed(list: Node): readonly Node[] {
  const variable = list.type === 'Identifier' ? findVariable(list) : null;
  return (variable?.references ?? []).flatMap(({ identifier }) => {
    const member = identifier.parent;
    const call = member.parent;
    const isPush =
      member.type === 'MemberExpression' &&
      member.object === identifier &&
      ['push', 'add', 'unshift'].includes(propertyName(member) ?? '') &&
      call?.type === 'CallExpression' &&
      call.callee === member;
    return isPush ? call.arguments.filter((argument) => argument.type !== 'SpreadElement') : [];
  });
}
