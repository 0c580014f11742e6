import type { ImportOrigin } from '../ast/import-origin.js';
import type { FunctionNode, Node } from '../ast/types.js';
import type { Creation } from '../frameworks/index.js';

/** What one call of a library does for the shutdown of the process it stands in. */
export interface LibraryUse {
  /** The signals it handles by this call: empty where it only gives a way to close, null where that cannot be told. */
  readonly signals: readonly string[] | null;
  /**
   * Expressions of the servers that it closes by itself: on the signal, or when one of `closeMethods` is called, or in
   * this very call where it has neither. One that is no server in this code stands for servers that cannot be told.
   */
  readonly closes?: readonly Node[];
  /** The caller's functions that it runs on the signal; what they do counts as in any handler. */
  readonly runs?: readonly Node[];
  /** Milliseconds after which it ends the drain whatever is in flight; null: never; undefined: cannot be told. */
  readonly deadlineMs: number | null | undefined;
  /** Whether it ends the process when the drain is over, or at its deadline. */
  readonly exits?: boolean;
  /** Methods of what the call gives, or of the server it was given, that close the servers. */
  readonly closeMethods?: readonly string[];
  /** How one learns that such a method is done. */
  readonly closeEndsBy?: 'callback' | 'promise' | 'both';
  /** Whether the server it was given gets the methods too, as `stoppable(server)` gives `server.stop()`. */
  readonly extendsServer?: boolean;
  /** Methods of what the call gives of which one has to be called: before that, it does nothing. */
  readonly armedBy?: readonly string[];
  /** Whether a second signal kills the process in the middle of the drain. */
  readonly isOnce?: boolean;
  /** Whether it waits for nothing asynchronous in `runs`. */
  readonly isSyncOnly?: boolean;
  /** Why requests in flight are lost although it "closes", with the number that says so; absent where they are not. */
  readonly loses?: string;
}

/** What a library's adapter can ask about the caller's code. Everything follows constants; nothing throws. */
export interface Ask {
  /** Where a value comes from, when it is an import or a part of one. */
  origin(node: Node): ImportOrigin | null;
  /** The framework's id when an expression is a server or application, else null. */
  framework(node: Node): string | null;
  /**
   * The value of an option in the object given as the argument of that index: null where the object has no such
   * option (or there is no object), undefined where the object cannot be read.
   */
  option(call: Creation, index: number, name: string): Node | null | undefined;
  /** The same for any expression of an object. */
  property(object: Node, name: string): Node | null | undefined;
  /** The elements of a list that is written out; null where they cannot be told. */
  elements(node: Node): readonly Node[] | null;
  /** The call that made the value of an expression, `createLightship()` for `lightship`; null where it is not here. */
  made(node: Node): Creation | null;
  /** Where what a call made is used by its name; null where it has no name of its own in this file. */
  mentions(call: Creation): readonly Node[] | null;
  /** The functions of this file that an expression can be when it is called; null where it can be others. */
  functions(node: Node): readonly FunctionNode[] | null;
  /** What a function can return, nested functions aside. */
  returns(fn: FunctionNode): readonly Node[];
  /** A constant number, `30 * 1000` and `30_000` among them; null where it is none. */
  number(node: Node): number | null;
  /** A constant string, number, boolean or null; undefined where it is none. */
  constant(node: Node): string | number | boolean | null | undefined;
  /** The strings of a string or a list of strings; null where they cannot be told. */
  strings(node: Node): readonly string[] | null;
}

/** What is to be known of a package that handles signals or drives a shutdown. One entry a file. */
export interface LibraryAdapter {
  /** The package's name, as the file's: `godaddy-terminus` for `@godaddy/terminus`. */
  readonly id: string;
  /** The packages it is known under. */
  readonly packages: readonly string[];
  /** Names of methods by which a call is known, though the package may be loaded by another file. */
  readonly methods?: readonly string[];
  /** What a call does, when it is one of this library; null when it is none, or one that does nothing for a shutdown. */
  find(call: Creation, ask: Ask): LibraryUse | null;
}
