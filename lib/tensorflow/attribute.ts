import type { Library, Pointer } from "./library.ts";
import { cString } from "./library.ts";
import { dims } from "./handle.ts";

/** An attribute of an operation as the kernels of tfjs-node state it (its `TFEOpAttr`). */
export type Attribute = { name: string; type: number; value: unknown };

/** The kinds of attribute (tf_attrtype.h). */
export const attributeTypes = {
  string: 0,
  int: 1,
  float: 2,
  bool: 3,
  type: 4,
  shape: 5,
  resource: 20,
} as const;

/** Attributes by kind: `attribute.bool("keep_dims", true)`. */
export const attribute = {
  type: attributesOf<number>("type"),
  bool: attributesOf<boolean>("bool"),
  int: attributesOf<number | readonly number[]>("int"),
  float: attributesOf<number>("float"),
  shape: attributesOf<readonly number[]>("shape"),
  string: attributesOf<string | readonly string[]>("string"),
};

function attributesOf<T>(kind: keyof typeof attributeTypes): (name: string, value: T) => Attribute {
  return (name, value) => ({ name, type: attributeTypes[kind], value });
}

/** Sets attributes of an eager operation or of the description of a graph node. */
export type AttributeSetter = {
  string(name: Uint8Array<ArrayBuffer>, value: Uint8Array<ArrayBuffer>): void;
  strings(name: Uint8Array<ArrayBuffer>, values: Uint8Array<ArrayBuffer>[]): void;
  int(name: Uint8Array<ArrayBuffer>, value: bigint): void;
  ints(name: Uint8Array<ArrayBuffer>, values: BigInt64Array<ArrayBuffer>): void;
  float(name: Uint8Array<ArrayBuffer>, value: number): void;
  bool(name: Uint8Array<ArrayBuffer>, value: number): void;
  type(name: Uint8Array<ArrayBuffer>, value: number): void;
  shape(name: Uint8Array<ArrayBuffer>, value: BigInt64Array<ArrayBuffer>): void;
};

/** The setter of an eager operation's attributes. */
export function eagerSetter({ c, status }: Library, op: Pointer): AttributeSetter {
  return {
    string: (name, v) => c.TFE_OpSetAttrString(op, name, v, BigInt(v.length)),
    strings: (name, v) => c.TFE_OpSetAttrStringList(op, name, addresses(v), lengths(v), v.length),
    int: (name, v) => c.TFE_OpSetAttrInt(op, name, v),
    ints: (name, v) => c.TFE_OpSetAttrIntList(op, name, v, v.length),
    float: (name, v) => c.TFE_OpSetAttrFloat(op, name, v),
    bool: (name, v) => c.TFE_OpSetAttrBool(op, name, v),
    type: (name, v) => c.TFE_OpSetAttrType(op, name, v),
    shape: (name, v) => c.TFE_OpSetAttrShape(op, name, v, v.length, status),
  };
}

/** The setter of the attributes of a node that is being added to a graph. */
export function graphSetter({ c }: Library, node: Pointer): AttributeSetter {
  return {
    string: (name, v) => c.TF_SetAttrString(node, name, v, BigInt(v.length)),
    strings: (name, v) => c.TF_SetAttrStringList(node, name, addresses(v), lengths(v), v.length),
    int: (name, v) => c.TF_SetAttrInt(node, name, v),
    ints: (name, v) => c.TF_SetAttrIntList(node, name, v, v.length),
    float: (name, v) => c.TF_SetAttrFloat(node, name, v),
    bool: (name, v) => c.TF_SetAttrBool(node, name, v),
    type: (name, v) => c.TF_SetAttrType(node, name, v),
    shape: (name, v) => c.TF_SetAttrShape(node, name, v, v.length),
  };
}

/**
 * Sets all attributes.
 *
 * @throws {TypeError} For a kind of attribute that no kernel of tfjs-node uses.
 */
export function setAttributes(set: AttributeSetter, attributes: readonly Attribute[]): void {
  for (const { name: text, type, value } of attributes) {
    const name = cString(text);
    if (type === attributeTypes.type) set.type(name, value as number);
    else if (type === attributeTypes.bool) set.bool(name, value ? 1 : 0);
    else if (type === attributeTypes.float) set.float(name, value as number);
    else if (type === attributeTypes.string) {
      const encoder = new TextEncoder();
      if (Array.isArray(value)) set.strings(name, value.map((text) => encoder.encode(text)));
      else set.string(name, encoder.encode(value as string));
    } else if (type === attributeTypes.shape) set.shape(name, dims(value as number[]));
    else if (type === attributeTypes.int) {
      if (Array.isArray(value)) set.ints(name, dims(value));
      else set.int(name, BigInt(Math.trunc(value as number)));
    } else throw new TypeError(`Cannot set the attribute "${text}": its kind ${type} is unknown`);
  }
}

/** `const void* const*` of buffers that have to outlive the call. */
function addresses(buffers: Uint8Array<ArrayBuffer>[]): BigUint64Array<ArrayBuffer> {
  return BigUint64Array.from(
    buffers,
    (bytes) => Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes)),
  );
}

/** The buffers' sizes as `const size_t*`. */
function lengths(buffers: Uint8Array<ArrayBuffer>[]): BigUint64Array<ArrayBuffer> {
  return BigUint64Array.from(buffers, ({ length }) => BigInt(length));
}
