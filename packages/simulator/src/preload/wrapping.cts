// Puts something before what is there, so that nobody who looks or calls sees a difference.
type Method = (this: unknown, ...args: unknown[]) => unknown;
type Emit = (...args: unknown[]) => boolean;

/** Calls `hook` before each call of a method, with what it is called on and its arguments. */
function before(owner: object, name: string, hook: (self: object, args: readonly unknown[]) => void): void {
  const descriptor = Object.getOwnPropertyDescriptor(owner, name);
  const original = descriptor?.value as Method | undefined;
  if (original === undefined) return;
  const method = function (this: object, ...args: unknown[]): unknown {
    try {
      hook(this, args);
    } catch {
      // Whatever goes wrong here must not become an error of the application.
    }
    return Reflect.apply(original, this, args);
  };
  Object.defineProperties(method, {
    name: { value: original.name, configurable: true },
    length: { value: original.length, configurable: true },
  });
  Object.defineProperty(owner, name, { ...descriptor, value: method });
}

/** Wraps an inherited or own `emit`. What it stands for is looked up at each call: others may wrap it, too. */
function wrapEmit(owner: object, wrapper: (emit: Emit, emitter: object, args: unknown[]) => boolean): void {
  const own = Object.getOwnPropertyDescriptor(owner, 'emit')?.value as Emit | undefined;
  const parent = Reflect.getPrototypeOf(owner) as { emit: Emit };
  Object.defineProperty(owner, 'emit', {
    configurable: true,
    writable: true,
    enumerable: false,
    value: function emit(this: object, ...args: unknown[]): boolean {
      return wrapper(own ?? parent.emit, this, args);
    },
  });
}

export = { before, wrapEmit };
